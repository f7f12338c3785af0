package dev.longhaul.simulator.front;

import org.jspecify.annotations.Nullable;

/**
 * A container as a request names it.
 *
 * @param container null for the only container of the pod
 */
public record ContainerRef(String namespace, String pod, @Nullable String container) {

	@Override
	public String toString() {
		return (container != null) ? namespace + "/" + pod + "/" + container : namespace + "/" + pod;
	}

}
