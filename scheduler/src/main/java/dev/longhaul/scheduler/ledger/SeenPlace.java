package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import dev.longhaul.core.verdict.Place;
import org.jspecify.annotations.Nullable;

/**
 * A place as it was found when it was last asked.
 *
 * @param lastSeen when it last answered; null if it never did
 * @param failure why it did not answer the last time; null if it did
 */
public record SeenPlace(Place place, @Nullable Instant lastSeen, @Nullable String failure) {

}
