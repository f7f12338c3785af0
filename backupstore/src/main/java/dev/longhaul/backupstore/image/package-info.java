/**
 * What images of volumes are looked at with: the programs that belong to their file
 * systems.
 */
@NullMarked
package dev.longhaul.backupstore.image;

import org.jspecify.annotations.NullMarked;
