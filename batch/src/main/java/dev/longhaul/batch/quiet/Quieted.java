package dev.longhaul.batch.quiet;

import java.time.Duration;

/**
 * What was done in a window.
 *
 * @param lasted from just before the first step until the last was undone; zero where
 * nothing was made quiet
 */
public record Quieted<T>(T result, Duration lasted) {

}
