package dev.longhaul.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.engine.ChainSnapshot;
import dev.longhaul.simulator.engine.SimulatedEngine;
import dev.longhaul.simulator.ext4.Ext4Image;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.Programs;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A snapshot shows a volume as it was at one moment, whatever writes to it.
 */
class SnapshotMomentIT {

	private static final int SNAPSHOTS = 50;

	/** Files between the two that are written in step, so that reading takes a while. */
	private static final int BETWEEN = 60;

	/**
	 * One number into the first file, then the same into the last, as fast as it goes.
	 */
	private static final String IN_STEP = """
			n=0
			while :; do
			  n=$((n + 1))
			  echo $n 1<> /data/a
			  echo $n 1<> /data/z
			done
			""";

	private final ClusterSession session = new ClusterSession(SharedClusters.of(ControlPlaneKind.MOCK));

	@TempDir
	Path directory;

	@AutoClose
	private final KubernetesClient client = new KubernetesClientBuilder()
		.withConfig(Config.fromKubeconfig(session.cluster().kubeconfig().toFile()))
		.build();

	private VolumeName volume;

	private PodResource pod;

	@BeforeEach
	void writeInStep() {
		Programs.requireSandboxes();
		String name = session.unique("instep");
		session.cluster()
			.createVolume(
					VolumePlan.of(name, ByteSize.ofMebibytes(64), "shop/" + name).withContents(SnapshotMomentIT::fill));
		volume = new VolumeName(name);
		client.resource(pod(name)).create();
		pod = client.pods().inNamespace("shop").withName(name);
		ClusterSession.awaitTrue("the pod", () -> Readiness.isPodReady(pod.get()));
		ClusterSession.awaitTrue("the first numbers", () -> number(files().resolve("z")) > 0);
	}

	@AfterEach
	void end() {
		pod.withGracePeriod(0).delete();
	}

	@Test
	void isOfOneMoment() throws Exception {
		SimulatedEngine engine = session.cluster().engine(volume);

		List<Long> lead = new ArrayList<>();
		for (int i = 0; i < SNAPSHOTS; i++) {
			ChainSnapshot snapshot = engine.takeSnapshot(new SnapshotName(session.unique("moment")), Map.of());
			lead.add(lead(snapshot.image()));
		}

		assertThat(lead).allSatisfy(each -> assertThat(each).isBetween(0L, 1L));
		assertThat(number(files().resolve("z"))).as("it went on").isGreaterThan(SNAPSHOTS);
	}

	@Test
	void isOfManyMomentsIfNobodyIsHeld() throws IOException {
		Ext4Image head = new Ext4Image(directory.resolve("head"), ByteSize.ofMebibytes(64),
				"6a2c1bb4-5b0f-4b62-9f5e-1d3c5e7f9a10", Clock.systemUTC());

		List<Long> lead = new ArrayList<>();
		for (int i = 0; i < SNAPSHOTS; i++) {
			head.update(files());
			lead.add(lead(head.path()));
		}

		assertThat(lead).anyMatch(each -> each < 0 || each > 1);
	}

	@Test
	void commandsThatRunInAPodMeanwhileEndAsEver() throws Exception {
		SimulatedEngine engine = session.cluster().engine(volume);

		for (int i = 0; i < SNAPSHOTS / 10; i++) {
			engine.takeSnapshot(new SnapshotName(session.unique("moment")), Map.of());
			assertThat(NodeSession.exec(pod, "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
		}
	}

	@Test
	void commandThatWasHeldEndsAsEver() throws Exception {
		SimulatedEngine engine = session.cluster().engine(volume);
		Thread snapshots = new Thread(() -> {
			for (int i = 0; i < SNAPSHOTS / 5; i++) {
				take(engine);
			}
		}, "snapshots");
		snapshots.start();

		NodeSession.Outcome outcome = NodeSession.exec(pod, "sh", "-c",
				"for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done; echo over; exit 3");

		assertThat(outcome.exitCode()).isEqualTo(3);
		assertThat(outcome.output()).isEqualTo("over\n");
		snapshots.join();
	}

	private void take(SimulatedEngine engine) {
		try {
			engine.takeSnapshot(new SnapshotName(session.unique("moment")), Map.of());
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	/** By how much the first number is ahead of the last one. */
	private long lead(Path image) throws IOException {
		Path extracted = Files.createDirectories(directory.resolve("extracted"));
		Ext4Image.extract(image, extracted, Clock.systemUTC());
		return number(extracted.resolve("a")) - number(extracted.resolve("z"));
	}

	private static long number(Path file) throws IOException {
		return Files.exists(file) ? Long.parseLong("0" + Files.readString(file).strip()) : 0;
	}

	private Path files() {
		return session.cluster().files(volume);
	}

	private static void fill(Path files) throws IOException {
		for (int i = 0; i < BETWEEN; i++) {
			Files.write(files.resolve("between-" + i), new byte[64 * 1024]);
		}
	}

	private static Pod pod(String name) {
		return new PodBuilder().withNewMetadata()
			.withName(name)
			.withNamespace("shop")
			.addToAnnotations("simulator.longhaul.dev/run", IN_STEP)
			.endMetadata()
			.withNewSpec()
			.withTerminationGracePeriodSeconds(1L)
			.addNewContainer()
			.withName("app")
			.withImage("example.invalid/app")
			.addNewVolumeMount()
			.withName("data")
			.withMountPath("/data")
			.endVolumeMount()
			.endContainer()
			.addNewVolume()
			.withName("data")
			.withNewPersistentVolumeClaim()
			.withClaimName(name)
			.endPersistentVolumeClaim()
			.endVolume()
			.endSpec()
			.build();
	}

}
