/**
 * Longhorn's URLs and variables, and the stores they name.
 */
@NullMarked
package dev.longhaul.backupstore.target;

import org.jspecify.annotations.NullMarked;
