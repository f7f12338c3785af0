package dev.longhaul.backupstore.hidden;

/**
 * A plan that somebody approved, and what deleting versions asks for. Only
 * {@link HiddenPlan#approve} makes one.
 */
public final class ApprovedHidden {

	private final HiddenPlan plan;

	ApprovedHidden(HiddenPlan plan) {
		this.plan = plan;
	}

	public HiddenPlan plan() {
		return plan;
	}

}
