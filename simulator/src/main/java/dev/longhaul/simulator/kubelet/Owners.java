package dev.longhaul.simulator.kubelet;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/**
 * Who made an object and answers for it.
 */
final class Owners {

	/** The kinds of controllers played here. */
	static final Set<String> KINDS = Set.of("Deployment", "ReplicaSet", "StatefulSet");

	private Owners() {
	}

	static Optional<OwnerReference> controller(HasMetadata object) {
		return object.getMetadata()
			.getOwnerReferences()
			.stream()
			.filter(reference -> Objects.equals(reference.getController(), true))
			.findFirst();
	}

	/** The reference an object made for this owner carries. */
	static OwnerReference controlledBy(HasMetadata owner) {
		return new OwnerReferenceBuilder().withApiVersion("apps/v1")
			.withKind(owner.getKind())
			.withName(owner.getMetadata().getName())
			.withUid(owner.getMetadata().getUid())
			.withController(true)
			.withBlockOwnerDeletion(true)
			.build();
	}

}
