/**
 * Longhorn volumes, the claims on them and their snapshots.
 */
@NullMarked
package dev.longhaul.core.volume;

import org.jspecify.annotations.NullMarked;
