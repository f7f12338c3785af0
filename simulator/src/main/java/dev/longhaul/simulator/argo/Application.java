package dev.longhaul.simulator.argo;

import java.util.List;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * An Application as the API has it.
 */
record Application(GenericKubernetesResource tree) {

	/** Deletes everything that belongs to the application before it goes itself. */
	static final String CASCADE = "resources-finalizer.argocd.argoproj.io";

	private static final String SPEC = "spec";

	String name() {
		return tree.getMetadata().getName();
	}

	Fields spec() {
		return Fields.of(tree.get(SPEC));
	}

	Fields status() {
		return Fields.of(tree.get("status"));
	}

	String destination() {
		return spec().child("destination").text("namespace");
	}

	List<Source> sources() {
		return Source.of(spec());
	}

	private Fields automation() {
		return spec().child("syncPolicy").child("automated");
	}

	/** Whether it is synced by itself when Git changes. */
	boolean isAutomated() {
		Object automated = spec().child("syncPolicy").map().get("automated");
		return automated != null && !Boolean.FALSE.equals(automation().map().get("enabled"));
	}

	/** Whether that removes what Git does not want any more. */
	boolean prunes() {
		return automation().isTrue("prune");
	}

	/** Whether it is synced by itself when the cluster changes, too. */
	boolean healsItself() {
		return automation().isTrue("selfHeal");
	}

	/** Whether an option of every sync is on: {@code CreateNamespace=true}. */
	boolean has(String option) {
		return spec().child("syncPolicy").texts("syncOptions").contains(option);
	}

	boolean isDeleting() {
		return tree.getMetadata().getDeletionTimestamp() != null;
	}

	boolean cascades() {
		return tree.getMetadata().getFinalizers().contains(CASCADE);
	}

	/** What somebody asks for; without fields if nobody does. */
	Fields operation() {
		return Fields.of(tree.get("operation"));
	}

	/** What the last sync left in the cluster. */
	List<ResourceId> resources() {
		return status().children("resources").stream().map(ResourceId::of).toList();
	}

	String trackingId(ResourceId id) {
		return "%s:%s/%s:%s/%s".formatted(name(), id.group(), id.kind(), id.namespace(), id.name());
	}

}
