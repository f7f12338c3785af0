package dev.longhaul.core.cluster;

import dev.longhaul.core.volume.ByteSize;

/**
 * A node that can hold replicas.
 *
 * @param room that its disks have for them
 */
public record StorageNode(String name, ByteSize room) {
}
