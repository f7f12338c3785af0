/**
 * Writes backups as Longhorn's engine does, byte for byte where the bytes are Longhorn's:
 * the simulator plays the engine with it.
 * <p>
 * lz4-java, because it writes the LZ4 frames that Longhorn stores its blocks in.
 */
@NullMarked
package dev.longhaul.backupstore.write;

import org.jspecify.annotations.NullMarked;
