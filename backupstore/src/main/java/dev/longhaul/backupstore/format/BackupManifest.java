package dev.longhaul.backupstore.format;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.AccessMode;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A backup's manifest, all but its list of blocks, which is streamed: a terabyte has half
 * a million of them.
 *
 * @param snapshotCreatedAt when the backup began, whatever the name says; null if unset
 * @param createdAt when it was finished; null as long as it is not
 * @param size what Longhorn recorded: number of blocks times block size
 * @param uploaded compressed bytes put for it; zero before Longhorn 1.7
 * @param singleFile the key of a backup in Longhorn's first format, empty for all others
 */
public record BackupManifest(BackupName name, VolumeName volume, String snapshot, @Nullable Instant snapshotCreatedAt,
		@Nullable Instant createdAt, ByteSize size, Map<String, String> labels, BlockSize blockSize,
		boolean incremental, CompressionMethod compression, ByteSize uploaded, String singleFile) {

	public BackupManifest {
		labels = Map.copyOf(labels);
	}

	/** The claim its volume was bound to; null if its labels do not say. */
	public @Nullable ClaimRef claim() {
		return KubernetesStatusLabel.claim(labels);
	}

	/** How its volume could be mounted; empty if its labels do not say. */
	public Optional<AccessMode> accessMode() {
		return AccessMode.of(labels.getOrDefault("longhorn.io/volume-access-mode", ""));
	}

	/**
	 * Whether its blocks are those of a LUKS container, as Longhorn says since 1.12.1.
	 */
	public boolean isEncrypted() {
		return labels.getOrDefault("volume-encrypted", "").equals("enabled");
	}

	/** Whether it was written in full. One that was not restores to nothing but zeros. */
	public boolean isFinished() {
		return createdAt != null;
	}

}
