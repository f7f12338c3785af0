/**
 * Backups of volumes in a backup target, and how one is awaited.
 */
@NullMarked
package dev.longhaul.core.backup;

import org.jspecify.annotations.NullMarked;
