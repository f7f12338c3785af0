package dev.longhaul.core.deploy;

/**
 * An object that an Application declares, whether it is there or not.
 *
 * @param group of the API; empty for Kubernetes' core
 * @param namespace empty for a kind that is in none
 */
public record ManagedResource(String group, String kind, String namespace, String name) {

	/** Whether it teaches the cluster the kinds of a group. */
	public boolean defines(String otherGroup) {
		return kind.equals("CustomResourceDefinition") && name.endsWith("." + otherGroup);
	}

}
