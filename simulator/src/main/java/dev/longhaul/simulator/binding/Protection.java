package dev.longhaul.simulator.binding;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A finalizer that holds a deleted object back for as long as it is used.
 */
record Protection(KubernetesClient client, String finalizer) {

	/** Of claims that pods use. */
	static final String CLAIM = "kubernetes.io/pvc-protection";

	/** Of volumes that are bound. */
	static final String VOLUME = "kubernetes.io/pv-protection";

	/**
	 * Puts it on, or takes it off what is deleted and not used.
	 * @return whether it wrote the object
	 */
	boolean keep(HasMetadata object, boolean used) {
		boolean held = object.getMetadata().getFinalizers().contains(finalizer);
		boolean deleting = object.getMetadata().getDeletionTimestamp() != null;
		if (deleting ? (!held || used) : held) {
			return false;
		}
		List<String> finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
		if (deleting) {
			finalizers.remove(finalizer);
		}
		else {
			finalizers.add(finalizer);
		}
		object.getMetadata().setFinalizers(finalizers);
		client.resource(object).update();
		return true;
	}

}
