package dev.longhaul.core.workload;

/**
 * Something that runs pods on the volumes of an application.
 */
public record Workload(Kind kind, String namespace, String name) {

	/** The kinds of Kubernetes that can be scaled. */
	public enum Kind {

		DEPLOYMENT("deployment"), STATEFUL_SET("statefulset");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		/** As kubectl takes it. */
		public String word() {
			return word;
		}

	}

	/** For a sentence: {@code deployment 'gitea' in 'git'}. */
	@Override
	public String toString() {
		return "%s '%s' in '%s'".formatted(kind.word(), name, namespace);
	}

}
