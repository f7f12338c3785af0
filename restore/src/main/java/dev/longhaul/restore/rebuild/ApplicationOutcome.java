package dev.longhaul.restore.rebuild;

import java.time.Duration;

/**
 * What came of an Application.
 */
public sealed interface ApplicationOutcome {

	/** Its name. */
	String name();

	/**
	 * It is there and well.
	 *
	 * @param asDeclared whether the cluster is as it declares; else something keeps
	 * changing it
	 * @param took since the rebuild began to look after it
	 */
	record Healthy(String name, boolean asDeclared, Duration took) implements ApplicationOutcome {
	}

	/**
	 * It is not.
	 *
	 * @param standing as Argo CD says it
	 * @param why in its words; may be empty
	 */
	record Unwell(String name, String standing, String why) implements ApplicationOutcome {
	}

}
