package dev.longhaul.scheduler.ledger;

import java.time.Instant;
import java.time.LocalDate;

import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * A proof as far as it is counted.
 *
 * @param at when it was read; null if it was not
 * @param blocks that were read and right; a refutation does not say how many
 */
record Answered(ReadBack answer, @Nullable Instant at, long blocks, ByteSize read) {

	static Answered of(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return new Answered(ReadBack.PROVEN, proven.at(), proven.blocks(), proven.read());
		}
		if (proof instanceof Proof.Refuted refuted) {
			return new Answered(ReadBack.REFUTED, refuted.at(), 0, ByteSize.ZERO);
		}
		return new Answered(ReadBack.UNREAD, null, 0, ByteSize.ZERO);
	}

	/** As the only answer of a day. */
	ReadingDay on(LocalDate day) {
		return new ReadingDay(day, (answer == ReadBack.PROVEN) ? 1 : 0, (answer == ReadBack.REFUTED) ? 1 : 0, blocks,
				read);
	}

	/** When it was read, in days since 1970; null if it was not. */
	@Nullable Long day() {
		return (at != null) ? Columns.day(at) : null;
	}

	/** The three outcomes of reading back, in the words of the columns. */
	enum ReadBack {

		PROVEN, REFUTED, UNREAD

	}

}
