package dev.longhaul.simulator.longhorn;

import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Volume;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.OnBothApis;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.control.Stored;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class VolumeIT {

	private final ClusterSession session;

	VolumeIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
	}

	@Test
	void freshVolumeIsDetachedAndCarriesEverythingLonghornWrites() {
		VolumeName name = session.volume(0);

		Stored<Volume> volume = session.volume(name);

		assertThat(volume.view().getStatus().getState()).isEqualTo("detached");
		assertThat(volume.view().getStatus().getRobustness()).isEqualTo("unknown");
		assertThat(volume.finalizers()).contains("longhorn.io");
		assertThat(volume.labels()).containsEntry("longhornvolume", name.value())
			.containsEntry("backup-target", "default");
		Map<?, ?> spec = (Map<?, ?>) Objects.requireNonNull(volume.tree().get("spec"));
		assertThat(spec.get("size")).isEqualTo("67108864");
		assertThat(spec.get("Standby")).isEqualTo(false);
		assertThat(spec.containsKey("standby")).isFalse();
		Map<?, ?> kubernetes = (Map<?, ?>) Objects.requireNonNull(volume.tree().get("status", "kubernetesStatus"));
		assertThat(kubernetes.containsKey("workloadsStatus")).as("null, and there").isTrue();
		assertThat(kubernetes.get("workloadsStatus")).isNull();
	}

	@Test
	void claimOnAVolumeIsWrittenIntoItsStatus() {
		VolumeName name = session.volume(0);

		KubernetesStatus kubernetes = session.volume(name).view().getStatus().getKubernetesStatus();

		assertThat(kubernetes.getPvName()).isEqualTo(name.value());
		assertThat(kubernetes.getPvStatus()).isEqualTo("Bound");
		assertThat(kubernetes.getNamespace()).isEqualTo("shop");
		assertThat(kubernetes.getPvcName()).isEqualTo(name.value());
	}

	@Test
	void ticketAttachesAVolumeAndItsEndDetachesIt() {
		VolumeName name = session.volume(0);

		session.cluster().attach(name);
		Volume attached = session.volume(name).view();
		ClusterSession.awaitTrue("the ticket to be satisfied",
				() -> new Tickets(session.cluster().objects()).isSatisfied(name.value(), "longhorn-api-simulator"));

		assertThat(attached.getStatus().getCurrentNodeID()).isEqualTo(ClusterPlan.NODE);
		assertThat(attached.getSpec().getNodeID()).isEqualTo(ClusterPlan.NODE);
		assertThat(attached.getStatus().getRobustness()).isEqualTo("healthy");

		session.cluster().detach(name);
		assertThat(session.volume(name).view().getStatus().getCurrentNodeID()).isEmpty();
	}

	@Test
	void podThatUsesAClaimHasItsVolumeAttachedAndIsNamedInItsStatus() {
		VolumeName name = session.volume(0);
		KubernetesClient client = session.cluster().client();
		awaitServiceAccount(client);

		Pod pod = client.resource(session.podUsing(name)).create();
		ClusterSession.awaitTrue("attachment",
				() -> "attached".equals(session.volume(name).view().getStatus().getState()));

		VolumeAttachment attachment = session.cluster()
			.objects()
			.find(VolumeAttachment.class, name.value())
			.orElseThrow()
			.view();
		assertThat(attachment.getSpec().getAttachmentTickets().values()).singleElement().satisfies(ticket -> {
			assertThat(ticket.getType()).isEqualTo("csi-attacher");
			assertThat(ticket.getId()).matches("csi-[0-9a-f]{64}");
		});
		ClusterSession.awaitTrue("the pod to be named",
				() -> session.volume(name)
					.view()
					.getStatus()
					.getKubernetesStatus()
					.getWorkloadsStatus()
					.get(0)
					.getPodName()
					.equals(pod.getMetadata().getName()));

		client.resource(pod).withGracePeriod(0).delete();
		ClusterSession.awaitTrue("detachment",
				() -> "detached".equals(session.volume(name).view().getStatus().getState()));
	}

	@Test
	void deletedVolumeTakesItsSnapshotsAndNotItsBackups() {
		VolumeName name = session.volume(1);
		SnapshotName snapshot = session.takeSnapshot(name);
		BackupName backup = session.makeBackup(name, snapshot);

		session.cluster().objects().delete(Volume.class, name.value());

		ClusterSession.awaitTrue("everything to go",
				() -> session.cluster().objects().find(Volume.class, name.value()).isEmpty()
						&& session.find(snapshot).isEmpty()
						&& session.cluster().objects().find(VolumeAttachment.class, name.value()).isEmpty());
		assertThat(session.find(backup)).isPresent();
	}

	@Test
	void ticketsAreNamedAsLonghornsCsiDriverNamesThem() {
		assertThat(WorkloadAttacher.ticket("test-vol", "node-1"))
			.isEqualTo("csi-46ccd6a8f29b7a6c889512f7ed305e2c9c4297e0bcd6d474a3afad4139537f0f");
	}

	private static void awaitServiceAccount(KubernetesClient client) {
		if (client.namespaces().withName("kube-system").get() != null) {
			ClusterSession.awaitTrue("the service account",
					() -> client.serviceAccounts().inNamespace("shop").withName("default").get() != null);
		}
	}

}
