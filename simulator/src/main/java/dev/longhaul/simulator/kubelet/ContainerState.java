package dev.longhaul.simulator.kubelet;

import java.time.Instant;

/**
 * Where a container is in its life, in Kubernetes' words.
 */
sealed interface ContainerState {

	/** It does not run: not yet, or not again yet. */
	record Waiting(String reason, String message) implements ContainerState {

	}

	record Running(Instant since) implements ContainerState {

	}

	/**
	 * @param exitCode of the main process; more than 128 if a signal ended it
	 */
	record Terminated(int exitCode, Instant started, Instant finished) implements ContainerState {

		boolean succeeded() {
			return exitCode == 0;
		}

	}

}
