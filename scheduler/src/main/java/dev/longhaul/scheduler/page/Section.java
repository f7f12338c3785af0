package dev.longhaul.scheduler.page;

/**
 * The parts of the navigation, in its order.
 */
public enum Section {

	OVERVIEW("Overview", "/"), RUNS("Runs", "/runs"), VERIFICATION("Verification", "/verification"),
	JOBS("Jobs", "/jobs"), TARGETS("Targets", "/targets"), RESTORE("Restore", "/restore"),
	MIGRATIONS("Migrations", "/migrations");

	private final String label;

	private final String href;

	Section(String label, String href) {
		this.label = label;
		this.href = href;
	}

	public String label() {
		return label;
	}

	public String href() {
		return href;
	}

}
