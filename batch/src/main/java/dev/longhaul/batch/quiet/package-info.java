/**
 * The quiet window around the snapshots of an application: recorded before it begins,
 * ended whatever happens, and ended by the next start where a process could not.
 */
@NullMarked
package dev.longhaul.batch.quiet;

import org.jspecify.annotations.NullMarked;
