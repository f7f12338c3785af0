/**
 * Puts blocks back that a target has lost, out of a copy that has them. Writes only what
 * is not there.
 */
@NullMarked
package dev.longhaul.backupstore.repair;

import org.jspecify.annotations.NullMarked;
