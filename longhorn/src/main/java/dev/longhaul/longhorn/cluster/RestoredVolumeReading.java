package dev.longhaul.longhorn.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Engine;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.enginestatus.RestoreStatus;

/**
 * Longhorn's Volume objects, as far as they are or were made of a backup.
 */
final class RestoredVolumeReading {

	private static final String FAILED = "RestoreFailure";

	private RestoredVolumeReading() {
	}

	/**
	 * @param engines of the volume
	 * @throws IllegalArgumentException if the object has no usable name
	 */
	static RestoredVolume read(Volume wire, List<Engine> engines) {
		VolumeName name = new VolumeName(Wire.name(wire));
		VolumeSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new VolumeSpec();
		VolumeStatus status = (wire.getStatus() != null) ? wire.getStatus() : new VolumeStatus();
		Robustness robustness = VolumeReading.robustness(Wire.text(status.getRobustness()));
		return new RestoredVolume(name, Wire.text(wire.getMetadata().getResourceVersion()),
				Wire.text(spec.getFromBackup()), Wire.merge(wire.getMetadata().getLabels(), null),
				Wire.sizeOrZero(spec.getSize()), VolumeReading.state(wire, status), robustness,
				Boolean.TRUE.equals(status.getRestoreInitiated()), Boolean.TRUE.equals(status.getRestoreRequired()),
				progress(engines), failure(status, robustness, engines), Boolean.TRUE.equals(spec.getStandby()),
				lastRestored(engines), Wire.text(status.getLastBackup()),
				status.getKubernetesStatus() != null && !Wire.text(status.getKubernetesStatus().getPvName()).isEmpty(),
				Wire.either(status.getCurrentNodeID(), Wire.text(spec.getNodeID())));
	}

	/** Of the slowest replica. */
	private static int progress(List<Engine> engines) {
		return (int) restores(engines).stream()
			.mapToLong(restore -> (restore.getProgress() != null) ? restore.getProgress() : 0)
			.map(percent -> Math.max(0, Math.min(100, percent)))
			.min()
			.orElse(0);
	}

	private static String lastRestored(List<Engine> engines) {
		return engines.stream()
			.map(Engine::getStatus)
			.filter(Objects::nonNull)
			.map(status -> Wire.text(status.getLastRestoredBackup()))
			.filter(backup -> !backup.isEmpty())
			.findFirst()
			.orElse("");
	}

	/** One replica that fails is no failure: the others finish, and it is rebuilt. */
	private static String failure(VolumeStatus status, Robustness robustness, List<Engine> engines) {
		boolean failed = robustness == Robustness.FAULTED || (status.getConditions() != null
				&& status.getConditions().stream().anyMatch(condition -> FAILED.equals(condition.getReason())));
		if (!failed) {
			return "";
		}
		return restores(engines).stream()
			.map(restore -> ServerText.oneLine(Wire.text(restore.getError())))
			.filter(error -> !error.isEmpty())
			.findFirst()
			.orElse("all its replicas failed");
	}

	private static List<RestoreStatus> restores(List<Engine> engines) {
		return engines.stream()
			.map(Engine::getStatus)
			.filter(Objects::nonNull)
			.map(status -> (status.getRestoreStatus() != null) ? status.getRestoreStatus()
					: Map.<String, RestoreStatus>of())
			.map(Map::values)
			.flatMap(Collection::stream)
			.filter(Objects::nonNull)
			.toList();
	}

}
