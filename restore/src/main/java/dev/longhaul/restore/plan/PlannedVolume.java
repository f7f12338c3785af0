package dev.longhaul.restore.plan;

import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * A volume as it would be restored.
 *
 * @param name it gets; the one it had, unless it is restored beside another
 * @param source as the backupstore names it
 * @param createdAt the time of the data
 * @param size it will have
 * @param sizeThen it had at its backup; null if nobody recorded it
 * @param written what each replica downloads, before compression
 * @param blocks objects that each replica gets
 * @param replicas 0 for as many as the cluster gives volumes by default
 * @param dataEngine {@code v1} or {@code v2}
 * @param accessMode in Longhorn's word, such as {@code rwo}
 * @param claim null if nobody recorded one: then only the volume is restored
 */
public record PlannedVolume(ApplicationName application, VolumeName name, VolumeName source, BackupName backup,
		Instant createdAt, Proven proven, ByteSize size, @Nullable ByteSize sizeThen, ByteSize written, long blocks,
		int replicas, String dataEngine, String accessMode, boolean encrypted, @Nullable PlannedClaim claim) {

	/** Longhorn's default, as long as nobody changed it. */
	private static final int DEFAULT_REPLICAS = 3;

	/** Whether it has grown since, and its file system ends before it does. */
	public boolean hasGrown() {
		return sizeThen != null && size.compareTo(sizeThen) > 0;
	}

	/** {@code 64 MiB}, or {@code 64 MiB, then 32 MiB}. */
	public String sizes() {
		return hasGrown() ? "%s, then %s".formatted(size, sizeThen) : size.toString();
	}

	/** Each replica downloads everything by itself. */
	int downloads() {
		return (replicas > 0) ? replicas : DEFAULT_REPLICAS;
	}

}
