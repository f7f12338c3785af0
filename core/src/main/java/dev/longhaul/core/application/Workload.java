package dev.longhaul.core.application;

/**
 * Something that runs pods on the volumes of an application.
 */
public record Workload(Kind kind, String namespace, String name) {

	/** The kinds of Kubernetes that can be scaled. */
	public enum Kind {

		DEPLOYMENT, STATEFUL_SET

	}

}
