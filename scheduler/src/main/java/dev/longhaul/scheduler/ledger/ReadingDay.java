package dev.longhaul.scheduler.ledger;

import java.time.LocalDate;

import dev.longhaul.core.volume.ByteSize;

/**
 * What was read back on a day, in all places.
 *
 * @param day in UTC
 * @param proven restore points that were read and right; one that was read twice counts
 * twice
 * @param refuted that were read and damaged; nobody counts how much of them was right
 * @param blocks of those that were right
 */
public record ReadingDay(LocalDate day, int proven, int refuted, long blocks, ByteSize read) {

}
