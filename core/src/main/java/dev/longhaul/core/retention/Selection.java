package dev.longhaul.core.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.core.run.Night;

/**
 * What a policy alone keeps of restore points that all count, and why; the rules that
 * stand above every policy are not its business.
 * <p>
 * Two properties make a plan stable. Selecting again among the chosen and any of the
 * others chooses the same. And a policy with higher counts chooses all that one with
 * lower counts does.
 */
final class Selection {

	private final RetentionPolicy policy;

	private final List<StoredPoint> newestFirst;

	private final Map<Night, List<String>> chosen = new HashMap<>();

	private final Map<Night, List<String>> displaced = new HashMap<>();

	private Selection(RetentionPolicy policy, List<StoredPoint> newestFirst) {
		this.policy = policy;
		this.newestFirst = newestFirst;
	}

	static Selection of(RetentionPolicy policy, List<StoredPoint> newestFirst) {
		Selection selection = new Selection(policy, newestFirst);
		for (CountingRule rule : CountingRule.values()) {
			selection.count(rule);
		}
		selection.keepWithin();
		return selection;
	}

	/** Why the policy keeps it; empty if it does not. */
	List<String> whyChosen(StoredPoint point) {
		return chosen.getOrDefault(point.night(), List.of());
	}

	/** Why the policy does not keep it. */
	String whyNotChosen(StoredPoint point) {
		List<String> periods = displaced.get(point.night());
		return (periods != null) ? "not the newest of " + String.join(", of ", periods)
				: "older than everything the policy keeps";
	}

	private void count(CountingRule rule) {
		int wanted = policy.count(rule);
		Map<String, StoredPoint> newestOf = new HashMap<>();
		Set<String> withProven = new HashSet<>();
		for (StoredPoint point : newestFirst) {
			String period = rule.periodOf(point, policy.zone());
			if (!newestOf.containsKey(period) && newestOf.size() < wanted) {
				newestOf.put(period, point);
				choose(point, rule.whyChosen(period, newestOf.size(), wanted));
			}
			else if (newestOf.containsKey(period) && point.isProven() && !withProven.contains(period)) {
				choose(point, "newest proven of %s: what is newer was not read back".formatted(rule.name(period)));
			}
			else if (newestOf.containsKey(period)) {
				note(displaced, point, rule.name(period));
			}
			if (point.isProven()) {
				withProven.add(period);
			}
		}
	}

	private void keepWithin() {
		Span within = policy.within();
		if (within == null || newestFirst.isEmpty()) {
			return;
		}
		Instant oldest = within.before(newestFirst.get(0).takenAt(), policy.zone());
		for (StoredPoint point : newestFirst) {
			if (!point.takenAt().isBefore(oldest)) {
				choose(point, "within %s of %s".formatted(within, newestFirst.get(0).night()));
			}
		}
	}

	private void choose(StoredPoint point, String reason) {
		note(chosen, point, reason);
	}

	private static void note(Map<Night, List<String>> reasons, StoredPoint point, String reason) {
		reasons.computeIfAbsent(point.night(), night -> new ArrayList<>()).add(reason);
	}

}
