package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.gitops.schedule.Recurrence;
import dev.longhaul.scheduler.wording.VerdictTable.Row;

/**
 * Which channel gets a digest now. The first comes due after a channel was seen for the
 * first time; of several that were missed, only one is told.
 */
final class Digests {

	private final ToldBefore before;

	private final Supplier<List<Row>> rows;

	/**
	 * @param rows of every application; may fail
	 */
	Digests(ToldBefore before, Supplier<List<Row>> rows) {
		this.before = before;
		this.rows = rows;
	}

	/** Up to when the digests were looked after, if one is due. */
	Optional<Instant> due(Channel channel, Instant now) {
		Recurrence recurrence = channel.digest();
		if (recurrence == null) {
			return Optional.empty();
		}
		Optional<Instant> settled = before.digestSettled(channel.name());
		if (settled.isEmpty()) {
			before.beginDigests(channel.name(), now);
		}
		return settled.filter(from -> recurrence.next(from).filter(next -> !next.isAfter(now)).isPresent());
	}

	Standing standing() {
		try {
			return new Standing.Known(rows.get());
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return new Standing.Unknown(ex.code(), ex.fact());
		}
	}

}
