package dev.longhaul.scheduler.scenario.killed_at_random_moments;

/**
 * Where in its night a program was when it was killed.
 */
enum Place {

	START_UP("before it worked with its database"),

	LAUNCH("before the first step"),

	PREFLIGHT("in the preflight"),

	SNAPSHOTS("while snapshots were taken"),

	BACKUPS("while backups were awaited"),

	MANIFEST("while the manifest was written"),

	EXPORTS("while streams were exported"),

	READ_BACK("while blocks were read back"),

	JUDGEMENT("while the night was judged"),

	BETWEEN("between two steps"),

	OVER("after its last step");

	private final String description;

	Place(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return description;
	}

}
