/**
 * Copies of a backup target in another one, from which Longhorn can restore at every
 * moment of the copying.
 */
@NullMarked
package dev.longhaul.backupstore.mirror;

import org.jspecify.annotations.NullMarked;
