package dev.longhaul.scheduler.page.job;

/**
 * Whether a job's schedule is in force.
 */
public enum JobState {

	ACTIVE("active"), PAUSED("paused");

	private final String word;

	JobState(String word) {
		this.word = word;
	}

	public String word() {
		return word;
	}

}
