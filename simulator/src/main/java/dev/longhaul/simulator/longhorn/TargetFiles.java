package dev.longhaul.simulator.longhorn;

import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BackupManifestParser;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.engine.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a manager reads of a target.
 */
record TargetFiles(Target target) {

	/**
	 * @return empty if there is no such manifest
	 * @throws MalformedException if there is one that cannot be read
	 */
	Optional<BackupManifest> manifest(VolumeName volume, BackupName backup) throws MalformedException {
		Optional<Read> read = reader().read(target.layout().manifest(volume, backup), object -> {
			try {
				return new Read(BackupManifestParser.parseHeader(object.content(), volume, backup), null);
			}
			catch (MalformedException ex) {
				return new Read(null, ex);
			}
		});
		if (read.isPresent() && read.get().trouble() != null) {
			throw read.get().trouble();
		}
		return read.map(Read::manifest);
	}

	/**
	 * @return empty if there is none
	 * @throws MalformedException if there is one that cannot be read
	 */
	Optional<VolumeConfig> config(VolumeName volume) throws MalformedException {
		return new VolumeConfigs(reader(), target.layout()).read(volume);
	}

	private ObjectReader reader() {
		return new ObjectReader(target.store(), Pause.real());
	}

	/** One of the two. */
	private record Read(@Nullable BackupManifest manifest, @Nullable MalformedException trouble) {
	}

}
