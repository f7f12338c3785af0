package dev.longhaul.scheduler.page.verification;

import java.time.Instant;

import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * Something that is read back next.
 *
 * @param what for people: {@code gitea, 4 restore points}
 * @param calls to the object store
 * @param cost as people say it: {@code free}, {@code about $0.02}; null if the price is
 * not known
 */
public record DueRow(String what, String target, Instant at, long blocks, long calls, ByteSize bytes,
		@Nullable String cost) {

}
