/**
 * Longhorn's backup format as it lies in the bucket: keys, volume configs, manifests,
 * blocks and locks. The format is described in {@code docs/backupstore-format.md}.
 * <p>
 * Jackson's streaming core, because manifests of tens of megabytes are never held as a
 * tree; lz4-java, because it reads and writes LZ4 frames natively.
 */
@NullMarked
package dev.longhaul.backupstore.format;

import org.jspecify.annotations.NullMarked;
