package dev.longhaul.batch.mirror;

import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.inventory.VolumeFolder;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.volume.VolumeName;

/**
 * Finds the volumes of applications, those of earlier nights included: an application may
 * have had others then.
 */
final class MirroredVolumes {

	private final RunCatalog catalog;

	private final Side source;

	MirroredVolumes(RunCatalog catalog, Side source) {
		this.catalog = catalog;
		this.source = source;
	}

	/**
	 * @return empty for all that there are
	 * @throws RefusedRequest if nothing of the applications is there
	 */
	Set<VolumeName> of(Applications applications) {
		if (!(applications instanceof Applications.Only only)) {
			return Set.of();
		}
		Set<VolumeName> listed = new Inventory(source.store(), source.layout()).volumes()
			.stream()
			.map(VolumeFolder::volume)
			.collect(Collectors.toSet());
		Set<VolumeName> recorded = catalog.readAll()
			.runs()
			.stream()
			.flatMap(run -> run.manifest().manifest().restorePoints().stream())
			.filter(point -> only.names().contains(point.application()))
			.flatMap(point -> point.backups().stream())
			.map(VolumeBackup::volume)
			.filter(listed::contains)
			.collect(Collectors.toSet());
		if (recorded.isEmpty()) {
			throw new RefusedRequest(FailureCode.VOLUME_NOT_FOUND, "no night has recorded a volume of %s that is in %s"
				.formatted(only.names(), source.store().describe()), "run a night of them first");
		}
		return recorded;
	}

}
