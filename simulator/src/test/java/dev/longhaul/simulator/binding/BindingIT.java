package dev.longhaul.simulator.binding;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.OnBothApis;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.longhaul.simulator.ClusterSession.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same over our controllers and over a real kube-controller-manager.
 */
@OnBothApis
class BindingIT {

	private static final String NAMESPACE = "binding";

	private final ClusterSession session;

	private final KubernetesClient client;

	BindingIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
		this.client = session.cluster().client();
	}

	@BeforeEach
	void makeNamespace() {
		if (client.namespaces().withName(NAMESPACE).get() == null) {
			client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
				.create();
		}
	}

	@Test
	void volumeAndClaimThatNameEachOtherAreBoundAsTheyAre() {
		String name = session.unique("prebound");
		offer(keptFor(name, volume(name)));
		client.resource(claim(name).editSpec().withVolumeName(name).endSpec().build()).create();

		awaitPhase(name, "Bound");

		PersistentVolumeClaim claim = claimOf(name);
		assertThat(claim.getStatus().getAccessModes()).containsExactly("ReadWriteOnce");
		assertThat(claim.getStatus().getCapacity()).as("that of the volume")
			.containsEntry("storage", new Quantity("64Mi"));
		assertThat(claim.getMetadata().getAnnotations()).containsEntry(Binder.BIND_COMPLETED, "yes")
			.doesNotContainKey(Binder.BOUND_BY_CONTROLLER);
		assertThat(claim.getFinalizers()).contains("kubernetes.io/pvc-protection");
		awaitTrue("the volume to be bound", () -> "Bound".equals(volumeOf(name).getStatus().getPhase()));
		PersistentVolume volume = volumeOf(name);
		assertThat(volume.getSpec().getClaimRef().getUid()).isEqualTo(claim.getMetadata().getUid());
		assertThat(volume.getSpec().getClaimRef().getResourceVersion()).isNotEmpty();
		assertThat(Binder.annotations(volume)).doesNotContainKey(Binder.BOUND_BY_CONTROLLER);
		assertThat(volume.getFinalizers()).contains("kubernetes.io/pv-protection");
	}

	@Test
	void claimThatNamesNoVolumeGetsTheOneThatIsKeptForIt() {
		String name = session.unique("kept");
		offer(volume(session.unique("free")));
		offer(keptFor(name, volume(name)));
		client.resource(claim(name).build()).create();

		awaitPhase(name, "Bound");

		assertThat(claimOf(name).getSpec().getVolumeName()).isEqualTo(name);
		assertThat(claimOf(name).getMetadata().getAnnotations()).containsEntry(Binder.BIND_COMPLETED, "yes")
			.containsEntry(Binder.BOUND_BY_CONTROLLER, "yes");
		assertThat(Binder.annotations(volumeOf(name))).doesNotContainKey(Binder.BOUND_BY_CONTROLLER);
	}

	@Test
	void claimThatNamesAFreeVolumeLeavesItsMarkOnTheVolume() {
		String name = session.unique("named");
		offer(volume(name));
		client.resource(claim(name).editSpec().withVolumeName(name).endSpec().build()).create();

		awaitPhase(name, "Bound");

		assertThat(claimOf(name).getMetadata().getAnnotations()).doesNotContainKey(Binder.BOUND_BY_CONTROLLER);
		assertThat(volumeOf(name).getMetadata().getAnnotations()).containsEntry(Binder.BOUND_BY_CONTROLLER, "yes");
	}

	@ParameterizedTest
	@CsvSource({ "manual, 128Mi, ReadWriteOnce, requested PV is too small",
			"other, 64Mi, ReadWriteOnce, storageClassName does not match",
			"manual, 64Mi, ReadWriteMany, incompatible accessMode" })
	void claimOnAVolumeThatDoesNotSuitItStaysPendingAndSaysWhy(String storageClass, String size, String accessMode,
			String why) {
		String name = session.unique("unfit");
		offer(volume(name));
		client
			.resource(claim(name).editSpec()
				.withVolumeName(name)
				.withStorageClassName(storageClass)
				.withAccessModes(accessMode)
				.withNewResources()
				.addToRequests("storage", new Quantity(size))
				.endResources()
				.endSpec()
				.build())
			.create();

		awaitEvent(name, "VolumeMismatch", "Cannot bind to requested volume \"%s\": %s".formatted(name, why));

		awaitPhase(name, "Pending");
		assertThat(volumeOf(name).getSpec().getClaimRef()).isNull();
	}

	@Test
	void volumeOfADeletedClaimIsReleasedAndNotGivenToTheNextOfThatName() {
		String name = session.unique("again");
		offer(keptFor(name, volume(name)));
		client.resource(claim(name).editSpec().withVolumeName(name).endSpec().build()).create();
		awaitPhase(name, "Bound");
		String first = claimOf(name).getMetadata().getUid();
		client.persistentVolumeClaims().inNamespace(NAMESPACE).withName(name).delete();
		awaitTrue("the claim to be gone", () -> findClaim(name) == null);

		awaitTrue("the volume to be released", () -> "Released".equals(volumeOf(name).getStatus().getPhase()));
		client.resource(claim(name).editSpec().withVolumeName(name).endSpec().build()).create();

		awaitPhase(name, "Pending");
		assertThat(volumeOf(name).getSpec().getClaimRef().getUid()).isEqualTo(first);
		assertThat(volumeOf(name).getStatus().getPhase()).isEqualTo("Released");
	}

	@Test
	void claimWithoutAVolumeGetsANewOneFromLonghornAndTakesItWithIt() {
		String name = session.unique("dynamic");
		client.resource(claim(name).editSpec().withStorageClassName("longhorn").endSpec().build()).create();

		awaitPhase(name, "Bound");

		String volume = claimOf(name).getSpec().getVolumeName();
		assertThat(volume).isEqualTo("pvc-" + claimOf(name).getMetadata().getUid());
		Volume view = session.cluster().objects().find(Volume.class, volume).orElseThrow().view();
		assertThat(view.getSpec().getSize()).isEqualTo("33554432");
		assertThat(view.getSpec().getNumberOfReplicas()).isEqualTo(3);
		assertThat(session.cluster().engine(new VolumeName(volume)).files()).isEmptyDirectory();
		assertThat(volumeOf(volume).getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Delete");

		client.persistentVolumeClaims().inNamespace(NAMESPACE).withName(name).delete();
		awaitTrue("everything to be gone", () -> client.persistentVolumes().withName(volume).get() == null
				&& session.cluster().objects().find(Volume.class, volume).isEmpty());
	}

	@Test
	void claimOfAnUnknownClassStaysPendingAndSaysWhy() {
		String name = session.unique("unknown");
		client.resource(claim(name).editSpec().withStorageClassName("golden").endSpec().build()).create();

		awaitEvent(name, "ProvisioningFailed", "storageclass.storage.k8s.io \"golden\" not found");

		awaitPhase(name, "Pending");
	}

	@Test
	void claimStaysForAsLongAsAPodUsesIt() {
		String name = session.unique("used");
		client.resource(claim(name).editSpec().withStorageClassName("longhorn").endSpec().build()).create();
		awaitPhase(name, "Bound");
		awaitServiceAccount();
		client.resource(pod(name)).create();
		awaitTrue("the pod to run", () -> "Running".equals(findPod(name).getStatus().getPhase()));

		client.persistentVolumeClaims().inNamespace(NAMESPACE).withName(name).delete();
		awaitTrue("the claim to be on its way out", () -> claimOf(name).getMetadata().getDeletionTimestamp() != null);
		assertThat(findPod(name).getStatus().getPhase()).isEqualTo("Running");

		client.pods().inNamespace(NAMESPACE).withName(name).delete();
		awaitTrue("the claim to be gone", () -> findClaim(name) == null);
	}

	/** kube-controller-manager has to know it before the claim. */
	private void offer(PersistentVolume volume) {
		client.resource(volume).create();
		String name = volume.getMetadata().getName();
		awaitTrue(name + " to be available", () -> "Available".equals(volumeOf(name).getStatus().getPhase()));
	}

	private static PersistentVolume keptFor(String claim, PersistentVolume volume) {
		return new PersistentVolumeBuilder(volume).editSpec()
			.withNewClaimRef()
			.withNamespace(NAMESPACE)
			.withName(claim)
			.endClaimRef()
			.endSpec()
			.build();
	}

	private static PersistentVolume volume(String name) {
		return new PersistentVolumeBuilder().withNewMetadata()
			.withName(name)
			.endMetadata()
			.withNewSpec()
			.withCapacity(Map.of("storage", new Quantity("64Mi")))
			.withAccessModes("ReadWriteOnce")
			.withPersistentVolumeReclaimPolicy("Retain")
			.withStorageClassName("manual")
			.withNewCsi()
			.withDriver("csi.example.org")
			.withVolumeHandle(name)
			.endCsi()
			.endSpec()
			.build();
	}

	private static PersistentVolumeClaimBuilder claim(String name) {
		return new PersistentVolumeClaimBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(NAMESPACE)
			.endMetadata()
			.withNewSpec()
			.withAccessModes("ReadWriteOnce")
			.withStorageClassName("manual")
			.withNewResources()
			.addToRequests("storage", new Quantity("32Mi"))
			.endResources()
			.endSpec();
	}

	private static Pod pod(String claim) {
		return new PodBuilder().withNewMetadata()
			.withName(claim)
			.withNamespace(NAMESPACE)
			.endMetadata()
			.withNewSpec()
			.withTerminationGracePeriodSeconds(1L)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.endContainer()
			.addNewVolume()
			.withName("data")
			.withNewPersistentVolumeClaim()
			.withClaimName(claim)
			.endPersistentVolumeClaim()
			.endVolume()
			.endSpec()
			.build();
	}

	private void awaitServiceAccount() {
		if (client.namespaces().withName("kube-system").get() != null) {
			awaitTrue("the service account",
					() -> client.serviceAccounts().inNamespace(NAMESPACE).withName("default").get() != null);
		}
	}

	private void awaitPhase(String claim, String phase) {
		awaitTrue("claim %s to be %s".formatted(claim, phase),
				() -> phase.equals(claimOf(claim).getStatus().getPhase()));
	}

	private void awaitEvent(String claim, String reason, String message) {
		awaitTrue("claim %s to have an event %s".formatted(claim, reason), () -> events(claim).stream()
			.anyMatch(event -> event.getReason().equals(reason) && event.getMessage().equals(message)));
	}

	private List<Event> events(String claim) {
		return client.v1()
			.events()
			.inNamespace(NAMESPACE)
			.list()
			.getItems()
			.stream()
			.filter(event -> event.getInvolvedObject().getName().equals(claim))
			.toList();
	}

	private PersistentVolume volumeOf(String name) {
		return client.persistentVolumes().withName(name).require();
	}

	private PersistentVolumeClaim claimOf(String name) {
		return Objects.requireNonNull(findClaim(name), name);
	}

	private @Nullable PersistentVolumeClaim findClaim(String name) {
		return client.persistentVolumeClaims().inNamespace(NAMESPACE).withName(name).get();
	}

	private Pod findPod(String name) {
		return client.pods().inNamespace(NAMESPACE).withName(name).require();
	}

}
