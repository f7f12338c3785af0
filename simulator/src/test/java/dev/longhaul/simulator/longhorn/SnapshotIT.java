package dev.longhaul.simulator.longhorn;

import java.util.Map;

import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.Snapshot;
import dev.longhaul.longhorn.crd.SnapshotSpec;
import dev.longhaul.longhorn.crd.SnapshotStatus;
import dev.longhaul.longhorn.crd.VolumeAttachment;
import dev.longhaul.simulator.ClusterSession;
import dev.longhaul.simulator.OnBothApis;
import dev.longhaul.simulator.SharedClusters;
import dev.longhaul.simulator.fault.Fault;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@OnBothApis
class SnapshotIT {

	private final ClusterSession session;

	SnapshotIT(ControlPlaneKind kind) {
		this.session = new ClusterSession(SharedClusters.of(kind));
	}

	@Test
	void detachedVolumeIsAttachedForItsSnapshotAndDetachedAgain() {
		VolumeName volume = session.volume(1);

		SnapshotName name = session.takeSnapshot(volume);

		Snapshot snapshot = session.snapshot(name).view();
		SnapshotStatus status = snapshot.getStatus();
		assertThat(status.getCreationTime()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
		assertThat(status.getRestoreSize()).isEqualTo(64L << 20);
		assertThat(status.getSize()).isPositive();
		assertThat(status.getChildren()).containsEntry("volume-head", true);
		assertThat(status.getLabels()).isEqualTo(Map.of("longhaul.dev/run", "r1"));
		assertThat(status.getUserCreated()).isTrue();
		assertThat(snapshot.getMetadata().getLabels()).containsEntry("longhornvolume", volume.value());
		assertThat(snapshot.getMetadata().getOwnerReferences()).singleElement()
			.satisfies(owner -> assertThat(owner.getKind()).isEqualTo("Volume"));
		ClusterSession.awaitTrue("detachment",
				() -> "detached".equals(session.volume(volume).view().getStatus().getState()) && session.cluster()
					.objects()
					.find(VolumeAttachment.class, volume.value())
					.orElseThrow()
					.view()
					.getSpec()
					.getAttachmentTickets()
					.isEmpty());
	}

	@Test
	void snapshotsOfAnAttachedVolumeFormAChain() {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);

		SnapshotName first = session.takeSnapshot(volume);
		SnapshotName second = session.takeSnapshot(volume);

		assertThat(session.snapshot(second).view().getStatus().getParent()).isEqualTo(first.value());
		ClusterSession.awaitTrue("the first to know its child",
				() -> session.snapshot(first).view().getStatus().getChildren().containsKey(second.value()));
		assertThat(session.volume(volume).view().getStatus().getState()).isEqualTo("attached");
	}

	@Test
	void snapshotBelowTheHeadStaysMarkedUntilAnotherIsTaken() {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);
		SnapshotName first = session.takeSnapshot(volume);

		session.cluster().objects().delete(Snapshot.class, first.value());
		ClusterSession.awaitTrue("the mark", () -> session.snapshot(first).view().getStatus().getMarkRemoved());
		assertThat(session.snapshot(first).view().getStatus().getReadyToUse()).isFalse();
		session.takeSnapshot(volume);

		ClusterSession.awaitTrue("the first to go", () -> session.find(first).isEmpty());
	}

	@Test
	void snapshotTakenBehindLonghornsBackGetsAnObject() throws Exception {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);
		SnapshotName name = new SnapshotName(session.unique("foreign"));

		session.cluster().engine(volume).takeSnapshot(name, Map.of());

		ClusterSession.awaitTrue("its object", () -> session.snapshot(name).view().getStatus().getReadyToUse());
		assertThat(session.snapshot(name).view().getSpec().getCreateSnapshot()).isFalse();
	}

	@Test
	void snapshotOfAVolumeThatIsNotThereSaysSo() {
		SnapshotName name = new SnapshotName(session.unique("snap"));
		Snapshot wanted = new Snapshot();
		wanted.getMetadata().setName(name.value());
		SnapshotSpec spec = new SnapshotSpec();
		spec.setVolume("nobody");
		spec.setCreateSnapshot(true);
		wanted.setSpec(spec);

		session.cluster().objects().create(Snapshot.class, wanted);

		ClusterSession.awaitTrue("the error",
				() -> session.snapshot(name)
					.view()
					.getStatus()
					.getError()
					.equals("cannot find the corresponding volume nobody"));
	}

	@Test
	void volumeThatCannotBeAttachedLeavesItsSnapshotWaiting() {
		VolumeName volume = session.volume(1);
		Fault fault = new Fault.ReplicasFail(volume, Robustness.FAULTED);
		session.cluster().faults().inject(fault);
		ClusterSession.awaitTrue("the fault",
				() -> "faulted".equals(session.volume(volume).view().getStatus().getRobustness()));

		SnapshotName name = session.askForSnapshot(volume);
		ClusterSession.awaitTrue("the error",
				() -> session.snapshot(name)
					.view()
					.getStatus()
					.getError()
					.endsWith("is not running. Waiting for the volume to be attached"));
		session.cluster().faults().end(fault);

		ClusterSession.awaitTrue("the snapshot", () -> session.snapshot(name).view().getStatus().getReadyToUse());
		assertThat(session.snapshot(name).view().getStatus().getError()).isEmpty();
	}

	@Test
	void snapshotThatTheEngineLosesTakesItsObjectWithIt() {
		VolumeName volume = session.volume(1);
		session.cluster().attach(volume);
		session.cluster().faults().inject(new Fault.SnapshotLost(volume));

		SnapshotName name = session.askForSnapshot(volume);

		ClusterSession.awaitTrue("the fault",
				() -> session.cluster()
					.faults()
					.unfired()
					.stream()
					.noneMatch(fault -> fault.equals(new Fault.SnapshotLost(volume))));
		ClusterSession.awaitTrue("the object to go", () -> session.find(name).isEmpty());
	}

}
