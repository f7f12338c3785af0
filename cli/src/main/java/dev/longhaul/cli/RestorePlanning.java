package dev.longhaul.cli;

import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Chosen;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.plan.Beginning;
import dev.longhaul.restore.plan.Placement;
import dev.longhaul.restore.plan.Planner;
import dev.longhaul.restore.plan.RestorePlan;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of what a bucket has.
 */
final class RestorePlanning {

	/** What is assumed of a line if nobody says anything. */
	static final String USUAL_MEGABITS = "100";

	private final Surroundings surroundings;

	private final TargetOpener targets;

	RestorePlanning(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	/**
	 * @param beginning of a whole cluster; null if only volumes and claims come back
	 * @throws RefusedRequest if what is wanted makes no sense
	 */
	RestorePlan plan(Source source, Wanted wanted, Placement placement, int megabits, @Nullable Beginning beginning) {
		Planner planner = planner(source, placement, megabits, beginning);
		return planner.plan(choose(source, wanted));
	}

	/**
	 * @throws RefusedRequest if the bucket has nothing of an application that is wanted
	 */
	Chosen choose(Source source, Wanted wanted) {
		BucketContents contents = targets.with(source.url(), source.variables(),
				(store, layout) -> BucketContents.read(store, layout, source.seal(), surroundings.pause()));
		return Choice.of(contents, wanted);
	}

	private static Planner planner(Source source, Placement placement, int megabits, @Nullable Beginning beginning) {
		try {
			return new Planner(source.url().toString(), placement, megabits, beginning);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()),
					"longhaul restore plan --help shows how it is used", ex);
		}
	}

}
