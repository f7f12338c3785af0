/**
 * How a running job is told to stop, and stops.
 */
@NullMarked
package dev.longhaul.batch.stop;

import org.jspecify.annotations.NullMarked;
