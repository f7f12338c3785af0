package dev.longhaul.gitops.drift;

/**
 * Where the answer to a question of drift is.
 */
public enum Source {

	/** The definitions alone; always there. */
	GIT("git"),

	/** Longhorn and Kubernetes. */
	CLUSTER("cluster"),

	/** What nights have written beside Longhorn's data. */
	TARGET("target");

	private final String word;

	Source(String word) {
		this.word = word;
	}

	/** As machines read it. */
	public String word() {
		return word;
	}

}
