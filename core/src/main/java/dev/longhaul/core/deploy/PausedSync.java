package dev.longhaul.core.deploy;

/**
 * How it is kept with an Application that a restore has switched its automated sync off:
 * what stood under {@code spec.syncPolicy.automated}, in JSON, as an annotation. Argo CD
 * and Git know nothing of it, and whoever finds it can put it back by hand.
 */
public final class PausedSync {

	/** Name of the annotation. */
	public static final String ANNOTATION = "longhaul.dev/paused-automated-sync";

	private PausedSync() {
	}

}
