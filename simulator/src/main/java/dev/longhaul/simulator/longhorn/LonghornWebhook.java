package dev.longhaul.simulator.longhorn;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.longhorn.crd.Backup;
import dev.longhaul.longhorn.crd.BackupTarget;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeSpec;
import dev.longhaul.simulator.control.LonghornObjects;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.front.AdmissionCheck;
import dev.longhaul.simulator.front.ApiRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;

/**
 * Plays Longhorn's validating webhook: what it does not let into the cluster. The
 * sentences are Longhorn's by their sense, not to the letter.
 */
public final class LonghornWebhook implements AdmissionCheck {

	private static final String DENIED = "admission webhook \"validator.longhorn.io\" denied the request: ";

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

	private static final Set<String> MODES = Set.of("", "full", "incremental");

	private static final int MAX_REPLICAS = 20;

	private final LonghornObjects objects;

	private final LonghornRelease release;

	private final BackupPlaces places;

	private final Pattern creation;

	private final Pattern removal;

	public LonghornWebhook(LonghornObjects objects, LonghornRelease release, Clock clock) {
		this.objects = objects;
		this.release = release;
		this.places = new BackupPlaces(objects, release, clock);
		String root = Pattern.quote("/apis/" + Words.API_VERSION + "/namespaces/" + objects.namespace() + "/");
		this.creation = Pattern.compile(root + "(backups|volumes|snapshots)");
		this.removal = Pattern.compile(root + "backuptargets/(.+)");
	}

	@Override
	public boolean concerns(ApiRequest request) {
		return switch (request.verb()) {
			case "POST" -> creation.matcher(request.path()).matches();
			case "DELETE" -> removal.matcher(request.path()).matches();
			default -> false;
		};
	}

	@Override
	public Optional<String> refusal(ApiRequest request, String object) {
		Matcher removed = removal.matcher(request.path());
		if (removed.matches()) {
			return removed.group(1).equals(Words.DEFAULT_TARGET)
					? Optional.of(DENIED + "default backup target cannot be deleted") : Optional.empty();
		}
		Matcher created = creation.matcher(request.path());
		Optional<String> reason = created.matches() ? refusal(created.group(1), object) : Optional.empty();
		return reason.map(DENIED::concat);
	}

	private Optional<String> refusal(String kind, String object) {
		return switch (kind) {
			case "backups" -> backup(read(Backup.class, object));
			case "volumes" -> volume(read(Volume.class, object));
			default -> snapshot(read(Snapshot.class, object));
		};
	}

	private <T extends CustomResource<?, ?>> Stored<T> read(Class<T> type, String object) {
		return new Stored<>(objects.client().getKubernetesSerialization().unmarshal(object, type),
				new GenericKubernetesResource());
	}

	private Optional<String> snapshot(Stored<Snapshot> snapshot) {
		String volume = Admission.orElse(snapshot.view().getSpec().getVolume(), "");
		if (volume.isEmpty()) {
			return Optional.of("spec.volume is required");
		}
		return objects.find(Volume.class, volume).isPresent() ? Optional.empty()
				: Optional.of("volume %s does not exist, so it has no snapshots".formatted(volume));
	}

	private Optional<String> volume(Stored<Volume> volume) {
		VolumeSpec spec = volume.view().getSpec();
		boolean standby = Boolean.TRUE.equals(spec.getStandby());
		if (Admission.orElse(spec.getFrontend(), "").isEmpty() && !standby) {
			return Optional.of("invalid volume frontend specified: \"\"");
		}
		if (spec.getNumberOfReplicas() != null
				&& (spec.getNumberOfReplicas() < 0 || spec.getNumberOfReplicas() > MAX_REPLICAS)) {
			return Optional.of("number of replicas %d is not between 1 and %d".formatted(spec.getNumberOfReplicas(),
					MAX_REPLICAS));
		}
		if (standby && !RestoreSource.isNamedBy(volume)) {
			return Optional.of("a standby volume needs a backup to follow: spec.fromBackup is empty");
		}
		if (RestoreSource.isNamedBy(volume) && RestoreSource.of(volume, places).isEmpty()) {
			return Optional.of("cannot get the backup and its backup volume of " + spec.getFromBackup());
		}
		return Optional.empty();
	}

	private Optional<String> backup(Stored<Backup> backup) {
		if (!NAME.matcher(Admission.orElse(backup.name(), "")).matches()) {
			return Optional.of("invalid name %s for a backup".formatted(backup.name()));
		}
		String mode = Admission.orElse(backup.view().getSpec().getBackupMode(), "");
		if (!MODES.contains(mode)) {
			return Optional.of("backup mode %s is not full or incremental".formatted(mode));
		}
		if (!BackupController.isMadeHere(backup)) {
			return Optional.empty();
		}
		if (release.completesBackups()) {
			Optional<String> reason = snapshotOf(backup);
			if (reason.isPresent()) {
				return reason;
			}
		}
		return release.checksTargetOfBackups() ? targetOf(backup) : Optional.empty();
	}

	private Optional<String> snapshotOf(Stored<Backup> backup) {
		String name = backup.view().getSpec().getSnapshotName();
		Optional<Stored<Snapshot>> snapshot = objects.find(Snapshot.class, name);
		if (snapshot.isEmpty()) {
			return Optional.of("failed to get the snapshot %s".formatted(name));
		}
		String volume = Admission.orElse(snapshot.get().view().getSpec().getVolume(), "");
		String labelled = backup.label(Words.BACKUP_VOLUME_LABEL);
		if (!labelled.isEmpty() && !labelled.equals(volume)) {
			return Optional.of("snapshot %s is of volume %s, not of %s".formatted(name, volume, labelled));
		}
		String target = backup.label(Words.BACKUP_TARGET_LABEL);
		String ofVolume = objects.find(Volume.class, volume)
			.map(found -> Admission.orElse(found.view().getSpec().getBackupTargetName(), Words.DEFAULT_TARGET))
			.orElse(target);
		return (target.isEmpty() || target.equals(ofVolume)) ? Optional.empty()
				: Optional.of("volume %s is backed up to target %s, not to %s".formatted(volume, ofVolume, target));
	}

	private Optional<String> targetOf(Stored<Backup> backup) {
		Optional<Stored<BackupTarget>> target = places.target(backup);
		if (target.isEmpty()) {
			return Optional.of("backup target %s does not exist".formatted(places.targetName(backup)));
		}
		return BackupPlaces.isAvailable(target.get()) ? Optional.empty()
				: Optional.of("backup target %s is not available".formatted(target.get().name()));
	}

}
