/**
 * The one place that waits and reads the clock of the machine.
 */
@NullMarked
package dev.longhaul.core.time;

import org.jspecify.annotations.NullMarked;
