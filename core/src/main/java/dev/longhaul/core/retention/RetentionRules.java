package dev.longhaul.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.retention.Condition.Gone;
import dev.longhaul.core.retention.Condition.Unfinished;
import dev.longhaul.core.retention.Decision.Keep;
import dev.longhaul.core.retention.Decision.Remove;
import dev.longhaul.core.retention.Listing.InDoubt;
import dev.longhaul.core.verdict.Proof.Refuted;
import org.jspecify.annotations.Nullable;

/**
 * The rules that stand above every policy, and what the policy keeps beneath them.
 * <p>
 * Only what is older than the newest proven restore point can go. This one rule keeps the
 * newest restore point, the newest proven one, and everything while none is proven: as
 * long as a newer one was not read back, it may be the only newer one that can be.
 */
final class RetentionRules {

	/**
	 * How far the clock of a node may be behind that of the server before its time is no
	 * longer believed. A node that starts without the time of day is behind by years.
	 */
	private static final Duration CLOCKS_APART = Duration.ofDays(1);

	private final Instant now;

	private final @Nullable String heldBack;

	private final @Nullable StoredPoint newest;

	private final @Nullable StoredPoint newestProven;

	private final Selection selection;

	private final Selection selectionIfIntact;

	RetentionRules(RetentionPolicy policy, Inventory inventory, Instant now) {
		this.now = now;
		List<StoredPoint> complete = completeAndBelieved(inventory);
		List<StoredPoint> counting = complete.stream().filter(point -> !point.isRefuted()).toList();
		this.newest = complete.stream().findFirst().orElse(null);
		this.newestProven = counting.stream().filter(StoredPoint::isProven).findFirst().orElse(null);
		this.selection = Selection.of(policy, counting);
		this.selectionIfIntact = Selection.of(policy, complete);
		this.heldBack = whyHeldBack(inventory);
	}

	/**
	 * None if the target is in doubt: what was not seen may stand before all that was.
	 */
	private List<StoredPoint> completeAndBelieved(Inventory inventory) {
		if (inventory.listing() instanceof InDoubt) {
			return List.of();
		}
		return inventory.points()
			.stream()
			.filter(point -> point.isComplete() && whyNotBelieved(point) == null)
			.toList();
	}

	/** Why nothing at all is removed; null if nothing speaks against it. */
	@Nullable String heldBack() {
		return heldBack;
	}

	Decision decide(StoredPoint point) {
		List<String> reasons = new ArrayList<>();
		reasons.addAll(whyNobodyMayRemove(point));
		reasons.addAll(whyThePolicyKeeps(point));
		return reasons.isEmpty() ? new Remove(point, whyItGoes(point)) : new Keep(point, reasons);
	}

	private @Nullable String whyHeldBack(Inventory inventory) {
		if (inventory.listing() instanceof InDoubt doubt) {
			return "the target was not listed in full: " + doubt.why();
		}
		if (newestProven == null && !inventory.points().isEmpty()) {
			return "no restore point that counts is proven, so any of them may be the only one that can be read";
		}
		return null;
	}

	private List<String> whyNobodyMayRemove(StoredPoint point) {
		List<String> reasons = new ArrayList<>();
		if (heldBack != null) {
			reasons.add(heldBack);
		}
		if (point.equals(newest)) {
			reasons.add("the newest restore point");
		}
		if (point.equals(newestProven)) {
			reasons.add("the newest proven restore point");
		}
		String notBelieved = whyNotBelieved(point);
		if (notBelieved != null) {
			reasons.add(notBelieved);
		}
		else if (newestProven != null && StoredPoint.NEWEST_FIRST.compare(point, newestProven) < 0) {
			reasons.add("newer than the newest proven restore point");
		}
		if (point.pin() != null) {
			reasons.add("pinned: " + point.pin().reason());
		}
		point.uses().forEach(use -> reasons.add(use.toString()));
		return reasons;
	}

	private List<String> whyThePolicyKeeps(StoredPoint point) {
		if (point.condition() instanceof Complete complete && complete.proof() instanceof Refuted refuted) {
			return selectionIfIntact.whyChosen(point).isEmpty() ? List.of()
					: List.of("kept as long as if it were intact, for it may be repaired: " + refuted.finding());
		}
		return selection.whyChosen(point);
	}

	private List<String> whyItGoes(StoredPoint point) {
		if (point.condition() instanceof Unfinished unfinished) {
			return List.of("never finished, and a newer one is proven: " + unfinished.why());
		}
		if (point.condition() instanceof Gone) {
			return List.of("its backups are gone, and only exports of it are left");
		}
		return List.of((point.isRefuted() ? selectionIfIntact : selection).whyNotChosen(point));
	}

	/**
	 * A wrong clock gives a wrong time. Such a restore point neither goes nor counts: it
	 * would take the place of a good one, or go as the oldest on the day it was made.
	 */
	private @Nullable String whyNotBelieved(StoredPoint point) {
		Instant takenAt = point.takenAt();
		if (takenAt.isAfter(now)) {
			return "a clock was wrong: its time " + takenAt + " is yet to come";
		}
		if (takenAt.isBefore(Instant.EPOCH)) {
			return "a clock was wrong: its time " + takenAt + " is before 1970";
		}
		if (Duration.between(takenAt, point.night().scheduledFor()).compareTo(CLOCKS_APART) > 0) {
			return "a clock was wrong: its time " + takenAt + " is long before its night was due";
		}
		return null;
	}

}
