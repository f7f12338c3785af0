package dev.longhaul.scheduler.page.verification;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;

/**
 * Something that is read back next.
 *
 * @param what for people: {@code gitea, 4 restore points}
 * @param blocks to read, at least
 * @param calls to the object store, at least
 * @param bytes to read, at least
 */
public record DueRow(String what, String target, Instant at, long blocks, long calls, ByteSize bytes) {

}
