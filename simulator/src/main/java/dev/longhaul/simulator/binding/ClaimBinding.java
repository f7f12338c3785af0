package dev.longhaul.simulator.binding;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.simulator.control.Next;
import dev.longhaul.simulator.control.Reconciler;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Finds the volume of a claim: the one it names, else one that is kept for it, else the
 * smallest free one that suits it, and else asks the provisioner of its class for one.
 * <p>
 * Classes that wait for a pod are treated as those that do not.
 */
final class ClaimBinding implements Reconciler {

	/** Asks the provisioner that it names for a volume. */
	private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

	/** The same for provisioners that are older. */
	private static final String PROVISIONER_BETA = "volume.beta.kubernetes.io/storage-provisioner";

	private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

	private static final String FAILED_BINDING = "FailedBinding";

	private final KubernetesClient client;

	private final Binder binder;

	private final Phases phases;

	private final ClaimEvents events;

	ClaimBinding(KubernetesClient client, Clock clock) {
		this.client = client;
		this.binder = new Binder(client);
		this.phases = new Phases(client);
		this.events = new ClaimEvents(client, clock);
	}

	/**
	 * @param name {@code namespace/name}
	 */
	@Override
	public Next reconcile(String name) {
		ClaimRef reference = ClaimRef.parse(name);
		PersistentVolumeClaim claim = client.persistentVolumeClaims()
			.inNamespace(reference.namespace())
			.withName(reference.name())
			.get();
		if (claim == null) {
			return Next.onChange();
		}
		if (Binder.has(claim, Binder.BIND_COMPLETED)) {
			keep(claim);
		}
		else if (volumeName(claim).isEmpty()) {
			choose(claim);
		}
		else {
			take(claim);
		}
		return Next.onChange();
	}

	/** A claim that was bound stays with its volume, or has lost it. */
	private void keep(PersistentVolumeClaim claim) {
		Optional<PersistentVolume> volume = volume(claim);
		if (volume.isEmpty()) {
			lose(claim, "ClaimLost",
					volumeName(claim).isEmpty()
							? "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!"
							: "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
		}
		else if (volume.get().getSpec().getClaimRef() == null || isBound(volume.get(), claim)) {
			binder.bind(volume.get(), claim);
		}
		else {
			lose(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
		}
	}

	private void lose(PersistentVolumeClaim claim, String reason, String message) {
		if (!Phases.of(claim).equals(Phases.LOST)) {
			events.warn(claim, reason, message);
			phases.set(claim, Phases.LOST);
		}
	}

	/** A claim that names its volume waits for that one and takes no other. */
	private void take(PersistentVolumeClaim claim) {
		Optional<PersistentVolume> volume = volume(claim);
		if (volume.isPresent() && volume.get().getSpec().getClaimRef() == null) {
			Optional<String> obstacle = Fit.obstacle(volume.get(), claim);
			if (obstacle.isEmpty()) {
				binder.bind(volume.get(), claim);
				return;
			}
			events.warn(claim, "VolumeMismatch",
					"Cannot bind to requested volume \"%s\": %s".formatted(volumeName(claim), obstacle.get()));
		}
		else if (volume.isPresent() && Fit.isKeptFor(volume.get(), claim)) {
			binder.bind(volume.get(), claim);
			return;
		}
		else if (volume.isPresent()) {
			events.warn(claim, FAILED_BINDING,
					"volume \"%s\" already bound to a different claim.".formatted(volumeName(claim)));
		}
		phases.set(claim, Phases.PENDING);
	}

	private void choose(PersistentVolumeClaim claim) {
		Optional<PersistentVolume> volume = find(claim);
		if (volume.isPresent()) {
			binder.bind(volume.get(), claim);
			return;
		}
		List<StorageClass> classes = client.storage().v1().storageClasses().list().getItems();
		PersistentVolumeClaim classified = classify(claim, classes);
		String wanted = Fit.storageClass(classified);
		phases.set(wanted.isEmpty() ? withoutHope(classified) : provision(classified, wanted, classes), Phases.PENDING);
	}

	private Optional<PersistentVolume> find(PersistentVolumeClaim claim) {
		List<PersistentVolume> suitable = client.persistentVolumes()
			.list()
			.getItems()
			.stream()
			.filter(volume -> Fit.mayBeTaken(volume, claim))
			.toList();
		return suitable.stream()
			.filter(volume -> Fit.isKeptFor(volume, claim))
			.findFirst()
			.or(() -> suitable.stream().min(Comparator.comparing(Fit::capacity)));
	}

	/**
	 * A claim that does not speak of a class gets the default one; {@code ""} is none.
	 */
	private PersistentVolumeClaim classify(PersistentVolumeClaim claim, List<StorageClass> classes) {
		Optional<StorageClass> standard = classes.stream()
			.filter(each -> "true".equals(Binder.annotations(each).get(DEFAULT_CLASS)))
			.findFirst();
		if (claim.getSpec().getStorageClassName() != null || standard.isEmpty()) {
			return claim;
		}
		claim.getSpec().setStorageClassName(standard.get().getMetadata().getName());
		return client.resource(claim).update();
	}

	private PersistentVolumeClaim withoutHope(PersistentVolumeClaim claim) {
		events.tell(claim, FAILED_BINDING,
				"no persistent volumes available for this claim and no storage class is set");
		return claim;
	}

	private PersistentVolumeClaim provision(PersistentVolumeClaim claim, String wanted, List<StorageClass> classes) {
		Optional<StorageClass> found = classes.stream()
			.filter(each -> each.getMetadata().getName().equals(wanted))
			.findFirst();
		if (found.isEmpty()) {
			events.warn(claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"%s\" not found".formatted(wanted));
			return claim;
		}
		String provisioner = found.get().getProvisioner();
		events.tell(claim, "ExternalProvisioning", ("Waiting for a volume to be created either by the external"
				+ " provisioner '%s' or manually by the system administrator. If volume creation is delayed, please"
				+ " verify that the provisioner is running and correctly registered.")
			.formatted(provisioner));
		Map<String, String> annotations = new HashMap<>(Binder.annotations(claim));
		annotations.put(PROVISIONER, provisioner);
		annotations.put(PROVISIONER_BETA, provisioner);
		if (annotations.equals(Binder.annotations(claim))) {
			return claim;
		}
		claim.getMetadata().setAnnotations(annotations);
		return client.resource(claim).update();
	}

	private Optional<PersistentVolume> volume(PersistentVolumeClaim claim) {
		return volumeName(claim).isEmpty() ? Optional.empty()
				: Optional.ofNullable(client.persistentVolumes().withName(volumeName(claim)).get());
	}

	private static boolean isBound(PersistentVolume volume, PersistentVolumeClaim claim) {
		return Fit.uid(volume.getSpec().getClaimRef()).equals(claim.getMetadata().getUid());
	}

	static String volumeName(PersistentVolumeClaim claim) {
		return Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "");
	}

}
