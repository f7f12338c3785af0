package dev.longhaul.scheduler.rest;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What reading something back has shown.
 *
 * @param answer {@code proven}, {@code refuted} or {@code unread}
 * @param at when it was read; null if it was not
 * @param blocks that were right; null if it is not proven
 * @param bytes of them; null if it is not proven
 * @param checks of the application's data, for people
 * @param reason why it is refuted or unread; null if it is proven
 */
record ProofView(String answer, @Nullable Instant at, @Nullable Long blocks, @Nullable Long bytes, List<String> checks,
		@Nullable String reason) {

	static ProofView of(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return new ProofView("proven", proven.at(), proven.blocks(), proven.read().bytes(),
					proven.checks().stream().map(CheckResult::what).toList(), null);
		}
		if (proof instanceof Proof.Refuted refuted) {
			return new ProofView("refuted", refuted.at(), null, null, List.of(), refuted.finding());
		}
		return new ProofView("unread", null, null, null, List.of(), ((Proof.Unread) proof).reason());
	}

}
