package dev.longhaul.cli.render;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.run.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * The plans for a target.
 *
 * @param target its URL
 * @param refusals records that are not believed; what they tell of stays
 */
public record PlannedRetention(String target, List<Planned> applications, List<Recorded.Refusal> refusals) {

	/** What a report says where no plan is. */
	static final String KEEPS_ALL = "everything is kept: no job declares a retention for it";

	public PlannedRetention {
		applications = List.copyOf(applications);
		refusals = List.copyOf(refusals);
	}

	/**
	 * @param plan null if everything is kept
	 * @param pinsBeside pins of nights that have no restore point here
	 */
	public record Planned(ApplicationName application, @Nullable RetentionPlan plan, List<Instant> pinsBeside) {
	}

	/** The plan with that hash. */
	public Optional<RetentionPlan> plan(String hash) {
		return plans().stream().filter(plan -> plan.hash().equals(hash)).findFirst();
	}

	/** For a sentence: {@code 3f0c… of 'gitea'}. */
	public String hashes() {
		List<RetentionPlan> plans = plans();
		return plans.isEmpty() ? "none"
				: plans.stream()
					.map(plan -> plan.hash() + " of '" + plan.application() + "'")
					.collect(Collectors.joining(", "));
	}

	private List<RetentionPlan> plans() {
		return applications.stream().map(Planned::plan).filter(Objects::nonNull).toList();
	}

}
