package dev.longhaul.core.volume;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A point in time inside a volume, on the cluster's own disks.
 *
 * @param ready whether it exists in the engine and is not marked removed
 * @param createdAt the engine's time, null until it was taken
 * @param error Longhorn's last message, empty if none; not final by itself
 */
public record Snapshot(SnapshotName name, VolumeName volume, boolean ready, @Nullable Instant createdAt, String error) {

}
