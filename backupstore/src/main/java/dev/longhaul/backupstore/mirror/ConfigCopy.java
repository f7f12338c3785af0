package dev.longhaul.backupstore.mirror;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.format.VolumeConfigEdit;
import dev.longhaul.backupstore.inventory.VolumeConfigs;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the {@code volume.cfg} of a copy is to be: the source's, as long as it
 * names no backup that is not there, and never one that goes back behind what is there.
 */
final class ConfigCopy {

	private final Side destination;

	private final ObjectReader reader;

	private final VolumeName volume;

	private final byte[] source;

	private final VolumeConfig config;

	/**
	 * @param source the bytes of the source's file
	 * @throws MalformedException if they are none of that volume
	 */
	ConfigCopy(Side destination, Pause pause, VolumeName volume, byte[] source) throws MalformedException {
		this.destination = destination;
		this.reader = new ObjectReader(destination.store(), pause);
		this.volume = volume;
		this.source = source;
		this.config = VolumeConfigs.parse(source, volume);
	}

	VolumeConfig config() {
		return config;
	}

	/**
	 * @param backups that the destination has, or will have then
	 * @param known the manifests of those of them that the source has too
	 */
	Decision decide(Set<BackupName> backups, Collection<BackupManifest> known) {
		if (backups.isEmpty()) {
			return new Decision(ConfigOutcome.WITHHELD, null);
		}
		boolean named = config.lastBackupName().isEmpty() || holds(backups, config.lastBackupName());
		Optional<BackupManifest> newest = newest(known);
		byte[] wanted = named ? source : adapted(known);
		Instant wantedAt = named ? config.lastBackupAt() : newest.map(BackupManifest::snapshotCreatedAt).orElse(null);
		Optional<byte[]> there = read();
		if (there.isPresent() && Arrays.equals(there.get(), wanted)) {
			return new Decision(ConfigOutcome.HELD, null);
		}
		if (there.isPresent() && isAhead(there.get(), wantedAt, backups)) {
			return new Decision(ConfigOutcome.KEPT, null);
		}
		return new Decision(named ? ConfigOutcome.COPIED : ConfigOutcome.ADAPTED, wanted);
	}

	private boolean isAhead(byte[] there, @Nullable Instant wantedAt, Set<BackupName> backups) {
		try {
			VolumeConfig theirs = VolumeConfigs.parse(there, volume);
			Instant at = theirs.lastBackupAt();
			boolean later = at != null && (wantedAt == null || at.isAfter(wantedAt))
					&& holds(backups, theirs.lastBackupName());
			return later || theirs.size().compareTo(config.size()) > 0;
		}
		catch (MalformedException ex) {
			return false;
		}
	}

	/**
	 * The same file, but for its last backup: the newest of some, or none.
	 * @throws MalformedException if it is no JSON object
	 */
	static byte[] withNewestLast(byte[] config, Collection<BackupManifest> backups) throws MalformedException {
		Optional<BackupManifest> newest = newest(backups);
		return VolumeConfigEdit.withLastBackup(config, newest.map(manifest -> manifest.name().value()).orElse(""),
				newest.map(BackupManifest::snapshotCreatedAt).orElse(null));
	}

	/** Longhorn builds its next backup on the one that is named. */
	private static Optional<BackupManifest> newest(Collection<BackupManifest> known) {
		return known.stream()
			.filter(manifest -> manifest.snapshotCreatedAt() != null)
			.max(Comparator.comparing(manifest -> Objects.requireNonNull(manifest.snapshotCreatedAt())));
	}

	private byte[] adapted(Collection<BackupManifest> known) {
		try {
			return withNewestLast(source, known);
		}
		catch (MalformedException ex) {
			throw new IllegalStateException("it was read before", ex);
		}
	}

	/** A file that is too large to be one is replaced. */
	private Optional<byte[]> read() {
		try {
			return reader.readFully(destination.layout().volumeConfig(volume), VolumeConfigs.MAX_SIZE);
		}
		catch (ObjectTooLargeException ex) {
			return Optional.empty();
		}
	}

	private static boolean holds(Set<BackupName> backups, String name) {
		return backups.stream().anyMatch(backup -> backup.value().equals(name));
	}

	/**
	 * @param content to be written; null if nothing is
	 */
	@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
	record Decision(ConfigOutcome outcome, byte @Nullable [] content) {

	}

}
