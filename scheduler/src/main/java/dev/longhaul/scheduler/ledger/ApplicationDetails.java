package dev.longhaul.scheduler.ledger;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One application.
 *
 * @param longestGap the longest its data was without a proven restore point within the
 * last 30 days; null if none was ever proven
 */
public record ApplicationDetails(ApplicationRow row, @Nullable Duration longestGap) {

}
