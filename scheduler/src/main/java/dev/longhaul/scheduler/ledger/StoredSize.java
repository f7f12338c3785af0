package dev.longhaul.scheduler.ledger;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;

/**
 * How large one volume was in one backup.
 *
 * @param at the time of the data
 * @param size blocks times block size
 */
public record StoredSize(ClaimRef claim, Instant at, ByteSize size) {

}
