package dev.longhaul.restore.choice;

import java.time.Instant;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a volume, and what it would become again.
 *
 * @param dataAt the time of the data; if only Longhorn recorded it, when its upload began
 * @param size of the restored volume: what the volume had at its latest backup, which may
 * be more than it had at this one
 * @param sizeThen what it had at this backup; null if nobody recorded it
 * @param written blocks times block size: what is downloaded for each replica, before
 * compression
 * @param blocks objects that are got for each replica
 * @param replicas how many it had; 0 if nobody knows
 * @param dataEngine {@code v1} or {@code v2}
 * @param encrypted whether its blocks are those of a LUKS container
 * @param claim null if nobody recorded one
 */
public record RestorableVolume(VolumeName volume, BackupName backup, Instant dataAt, ByteSize size,
		@Nullable ByteSize sizeThen, ByteSize written, long blocks, int replicas, String dataEngine, boolean encrypted,
		@Nullable FormerClaim claim) {
}
