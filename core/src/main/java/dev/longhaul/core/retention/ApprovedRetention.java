package dev.longhaul.core.retention;

import java.util.List;

import dev.longhaul.core.retention.Decision.Remove;

/**
 * A plan that somebody approved, and what removing a restore point asks for. Only
 * {@link RetentionPlan#approve} makes one.
 * <p>
 * It says what may go, not that nothing has changed since: whoever removes looks for new
 * uses and pins before each removal.
 */
public final class ApprovedRetention {

	private final RetentionPlan plan;

	ApprovedRetention(RetentionPlan plan) {
		this.plan = plan;
	}

	public RetentionPlan plan() {
		return plan;
	}

	/** Newest first. */
	public List<Remove> removals() {
		return plan.removals();
	}

}
