package dev.longhaul.cli.chart;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where Helm was when it failed, as the exit status of its process tells. What Helm says
 * is text for people, and does not tell it.
 */
enum HelmStep {

	/** Nothing of Helm was there yet. */
	START(20),
	/** The index of the repository. */
	REPOSITORY(21),
	/** The chart in it, or on this machine. */
	CHART(22),
	/** Which releases there are. */
	CLUSTER(23),
	/** A release of that name is there, and neither whole nor broken. */
	PENDING(24),
	/** Making objects of the templates, without any cluster. */
	RENDER(25),
	/** In the cluster. */
	INSTALL(26);

	private final int status;

	HelmStep(int status) {
		this.status = status;
	}

	int status() {
		return status;
	}

	static Optional<HelmStep> of(int status) {
		return Arrays.stream(values()).filter(step -> step.status == status).findFirst();
	}

}
