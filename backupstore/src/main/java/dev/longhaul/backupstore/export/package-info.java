/**
 * A backup rebuilt as a raw image.
 */
@NullMarked
package dev.longhaul.backupstore.export;

import org.jspecify.annotations.NullMarked;
