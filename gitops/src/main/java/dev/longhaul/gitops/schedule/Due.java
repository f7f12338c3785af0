package dev.longhaul.gitops.schedule;

import java.time.Instant;

/**
 * A run that is to come.
 *
 * @param scheduledFor when the schedule says; a run is known by it
 * @param start when it really starts: later by its jitter, or by what kept it
 */
public record Due(Instant scheduledFor, Instant start) {

}
