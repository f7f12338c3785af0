package dev.longhaul.core.workload;

import org.jspecify.annotations.Nullable;

/**
 * Where a command runs: one container of a ready pod of a workload.
 *
 * @param container null for the pod's first, or the one its annotation
 * {@code kubectl.kubernetes.io/default-container} names
 */
public record Place(Workload workload, @Nullable String container) {

	/** For a sentence. */
	@Override
	public String toString() {
		return (container != null) ? "container '%s' of %s".formatted(container, workload) : workload.toString();
	}

}
