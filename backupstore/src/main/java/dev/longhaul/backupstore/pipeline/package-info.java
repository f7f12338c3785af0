/**
 * The data plane: many blocks fetched, decompressed and checked at once, within a bound
 * on memory that does not depend on the volume.
 */
@NullMarked
package dev.longhaul.backupstore.pipeline;

import org.jspecify.annotations.NullMarked;
