/**
 * Which restore points of a bucket are worth restoring, and what they are made of: of
 * nights that Longhaul has recorded, and of volumes that only Longhorn knows of.
 */
@NullMarked
package dev.longhaul.restore.choice;

import org.jspecify.annotations.NullMarked;
