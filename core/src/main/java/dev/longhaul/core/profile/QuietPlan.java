package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.text.Spans;

/**
 * What is done around the snapshots of one application: its steps in order, and undone in
 * the reverse order.
 *
 * @param steps none if nothing is done
 * @param limit from the first step until all snapshots are ready; then it is released,
 * whatever was reached
 */
public record QuietPlan(List<QuietStep> steps, Duration limit) {

	/** No application may be asked to be quiet for longer. */
	public static final Duration LONGEST = Duration.ofHours(1);

	/** For an application of which nothing is known. */
	public static final QuietPlan NOTHING = new QuietPlan(List.of(), Duration.ofMinutes(1));

	public QuietPlan {
		steps = List.copyOf(steps);
		if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("an application may be quiet for up to an hour, not " + limit);
		}
	}

	/**
	 * @param volumes how many the application has now
	 */
	public static QuietPlan of(Profile profile, int volumes) {
		return new QuietPlan(profile.steps(volumes), profile.limit());
	}

	public boolean isNothing() {
		return steps.isEmpty();
	}

	/** For people, a line each: what is done, with the reason, and what undoes it. */
	public List<String> describe() {
		List<String> lines = new ArrayList<>();
		if (isNothing()) {
			lines.add("nothing is made quiet");
			return lines;
		}
		for (QuietStep step : steps) {
			lines.add("%s: %s, within %s".formatted(step.where(), step.what(), Spans.coarse(step.timeout())));
			if (!step.why().isEmpty()) {
				lines.add("  because " + step.why());
			}
		}
		lines.add("all snapshots, within %s of the first step".formatted(Spans.coarse(limit)));
		for (int index = steps.size() - 1; index >= 0; index--) {
			lines.add(undoing(steps.get(index)));
		}
		return lines;
	}

	private static String undoing(QuietStep step) {
		if (step instanceof QuietStep.ScaleToZero) {
			return "%s: back to as many pods as it had".formatted(step.where());
		}
		boolean undone = step instanceof QuietStep.Hold || step.release(0).isPresent();
		return "%s: %s %s".formatted(step.where(), step.what(), undone ? "undone" : "needs no undoing");
	}

}
