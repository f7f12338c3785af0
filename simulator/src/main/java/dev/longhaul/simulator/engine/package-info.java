/**
 * Longhorn's data plane, played: per volume a directory that is live, a chain of
 * snapshots that are real filesystems, and uploads of them into a backup target.
 */
@NullMarked
package dev.longhaul.simulator.engine;

import org.jspecify.annotations.NullMarked;
