package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How old what the ledger holds is.
 *
 * @param completeAt what was in the bucket then, it holds; null if it was never read to
 * its end
 * @param failingSince the first attempt since then that failed; null if the last one did
 * not
 * @param failure of the last attempt, its code first; null if it did not fail
 */
public record Freshness(@Nullable Instant completeAt, @Nullable Instant failingSince, @Nullable String failure) {

}
