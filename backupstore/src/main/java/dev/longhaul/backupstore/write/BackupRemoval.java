package dev.longhaul.backupstore.write;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.Lock;
import dev.longhaul.backupstore.format.StoreKey;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.backupstore.write.VolumeFiles.FinishedBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;

/**
 * Deletes from a volume's folder by Longhorn's rules: the manifest goes first, and blocks
 * only if every other manifest could be read and the list of them did not change
 * meanwhile.
 */
final class BackupRemoval {

	private static final int DELETES_AT_ONCE = 1000;

	private final VolumeFiles files;

	private final LockPace pace;

	private final Clock clock;

	private final Pause pause;

	BackupRemoval(VolumeFiles files, LockPace pace, Clock clock, Pause pause) {
		this.files = files;
		this.pace = pace;
		this.clock = clock;
		this.pause = pause;
	}

	void remove(BackupName backup) {
		locked(() -> {
			files.delete(files.layout().manifest(files.volume(), backup));
			VolumeConfig config = files.config();
			if (config.lastBackupName().equals(backup.value())) {
				config = config.withLastBackup("", null);
			}
			files.putConfig(collectBlocks(config));
		});
	}

	void removeVolume() {
		BackupstoreLayout layout = files.layout();
		locked(() -> {
			deleteAll(layout.manifestsPrefix(files.volume()));
			deleteAll(layout.blocksPrefix(files.volume()));
			deleteAll(layout.locksPrefix(files.volume()));
			deleteAll(layout.volumePrefix(files.volume()));
		});
	}

	/**
	 * Deletes the blocks no backup uses, unless a backup cannot be read, is not finished,
	 * or came or went meanwhile.
	 * @return the configuration after that
	 */
	private VolumeConfig collectBlocks(VolumeConfig config) {
		Set<BackupName> left = files.backups();
		List<Checksum> stored = storedBlocks();
		Optional<List<FinishedBackup>> readable = readAll(left);
		if (readable.isEmpty()) {
			return config;
		}
		VolumeConfig repaired = withNewestLast(config, readable.get());
		Set<Checksum> unused = unused(stored, readable.get());
		if (!files.backups().equals(left)) {
			return repaired;
		}
		delete(unused.stream().map(checksum -> files.layout().block(files.volume(), checksum)).toList());
		return repaired.withBlockCount(stored.size() - unused.size());
	}

	private void locked(Runnable action) {
		VolumeLock lock = VolumeLock.acquire(files, Lock.Type.DELETION, "backup delete", pace, clock, pause);
		try {
			action.run();
		}
		finally {
			lock.release();
		}
	}

	/** Empty if one of them cannot be read or is not finished. */
	private Optional<List<FinishedBackup>> readAll(Set<BackupName> backups) {
		List<FinishedBackup> all = new ArrayList<>();
		for (BackupName backup : backups) {
			Optional<FinishedBackup> finished = files.finished(backup);
			if (finished.isEmpty()) {
				return Optional.empty();
			}
			all.add(finished.get());
		}
		return Optional.of(all);
	}

	private List<Checksum> storedBlocks() {
		List<Checksum> stored = new ArrayList<>();
		new Listing(files.store(), files.layout().blocksPrefix(files.volume()))
			.forEachRemaining(object -> files.layout()
				.parse(object.key())
				.filter(StoreKey.BlockKey.class::isInstance)
				.map(StoreKey.BlockKey.class::cast)
				.ifPresent(key -> stored.add(key.checksum())));
		return stored;
	}

	private static Set<Checksum> unused(List<Checksum> stored, List<FinishedBackup> remaining) {
		Set<Checksum> unused = new HashSet<>(stored);
		remaining.forEach(backup -> unused.removeAll(backup.blocks().values()));
		return unused;
	}

	private void deleteAll(String prefix) {
		List<String> keys = new ArrayList<>();
		new Listing(files.store(), prefix).forEachRemaining(object -> keys.add(object.key()));
		delete(keys);
	}

	private void delete(List<String> keys) {
		for (int from = 0; from < keys.size(); from += DELETES_AT_ONCE) {
			files.store().delete(keys.subList(from, Math.min(keys.size(), from + DELETES_AT_ONCE)));
		}
	}

	private static VolumeConfig withNewestLast(VolumeConfig config, List<FinishedBackup> remaining) {
		if (!config.lastBackupName().isEmpty()) {
			return config;
		}
		return remaining.stream()
			.map(FinishedBackup::manifest)
			.filter(manifest -> manifest.snapshotCreatedAt() != null)
			.max(Comparator.comparing(manifest -> Objects.requireNonNull(manifest.snapshotCreatedAt())))
			.map(newest -> config.withLastBackup(newest.name().value(), newest.snapshotCreatedAt()))
			.orElse(config);
	}

}
