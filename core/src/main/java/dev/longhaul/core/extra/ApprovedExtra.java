package dev.longhaul.core.extra;

/**
 * A plan that somebody approved, and what removing anything from a mirror asks for. Only
 * {@link ExtraPlan#approve} makes one.
 *
 * @see ExtraPlan
 */
public final class ApprovedExtra {

	private final ExtraPlan plan;

	ApprovedExtra(ExtraPlan plan) {
		this.plan = plan;
	}

	public ExtraPlan plan() {
		return plan;
	}

}
