package dev.longhaul.simulator.control;

/**
 * Brings one object, and what belongs to it, a step closer to what is asked for. Decides
 * from what is there now, never from what has changed.
 */
@FunctionalInterface
public interface Reconciler {

	/**
	 * @param name of an object that may be gone
	 * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API refuses;
	 * then it is called again, after a conflict at once
	 * @throws java.io.IOException if something on this machine fails
	 */
	Next reconcile(String name) throws java.io.IOException;

}
