package dev.longhaul.batch.quiet;

import java.time.Clock;
import java.time.Duration;

import dev.longhaul.core.time.Pause;

/**
 * How the window waits.
 *
 * @param pause ends when the program is told to stop
 * @param stubborn does not: a release goes on then
 * @param retry how long a call of the cluster that fails for the moment is repeated
 */
public record Waits(Clock clock, Pause pause, Pause stubborn, Duration retry) {

}
