package dev.longhaul.simulator.binding;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Binds a volume and a claim, in an order in which a failure in between is finished by
 * the next attempt: the volume first.
 */
final class Binder {

	/** On the side whose reference to the other one was not there before. */
	static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

	/** On a claim that was bound completely once. */
	static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

	private static final String YES = "yes";

	private final KubernetesClient client;

	private final Phases phases;

	Binder(KubernetesClient client) {
		this.client = client;
		this.phases = new Phases(client);
	}

	void bind(PersistentVolume volume, PersistentVolumeClaim claim) {
		PersistentVolume bound = phases.set(refer(volume, claim), Phases.BOUND);
		phases.setBound(refer(claim, bound), bound);
	}

	private PersistentVolume refer(PersistentVolume volume, PersistentVolumeClaim claim) {
		ObjectReference before = volume.getSpec().getClaimRef();
		if (before != null && Fit.uid(before).equals(claim.getMetadata().getUid())) {
			return volume;
		}
		if (!Fit.isKeptFor(volume, claim)) {
			annotate(volume, BOUND_BY_CONTROLLER);
		}
		volume.getSpec()
			.setClaimRef(new ObjectReferenceBuilder().withApiVersion("v1")
				.withKind("PersistentVolumeClaim")
				.withNamespace(claim.getMetadata().getNamespace())
				.withName(claim.getMetadata().getName())
				.withUid(claim.getMetadata().getUid())
				.withResourceVersion(claim.getMetadata().getResourceVersion())
				.build());
		return client.resource(volume).update();
	}

	private PersistentVolumeClaim refer(PersistentVolumeClaim claim, PersistentVolume volume) {
		boolean named = volume.getMetadata().getName().equals(claim.getSpec().getVolumeName());
		if (named && has(claim, BIND_COMPLETED)) {
			return claim;
		}
		if (!named) {
			claim.getSpec().setVolumeName(volume.getMetadata().getName());
			annotate(claim, BOUND_BY_CONTROLLER);
		}
		annotate(claim, BIND_COMPLETED);
		return client.resource(claim).update();
	}

	static boolean has(HasMetadata object, String annotation) {
		return annotations(object).containsKey(annotation);
	}

	private static void annotate(HasMetadata object, String annotation) {
		Map<String, String> annotations = new HashMap<>(annotations(object));
		annotations.put(annotation, YES);
		object.getMetadata().setAnnotations(annotations);
	}

	static Map<String, String> annotations(HasMetadata object) {
		return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
	}

}
