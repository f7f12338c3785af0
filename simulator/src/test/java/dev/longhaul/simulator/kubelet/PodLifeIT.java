package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.OnBothApis;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@OnBothApis
class PodLifeIT {

	private final ControlPlaneKind kind;

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	private Path volume;

	PodLifeIT(ControlPlaneKind kind) {
		this.kind = kind;
	}

	@BeforeEach
	void open() throws IOException {
		Programs.requireSandboxes();
		volume = Files.createDirectory(directory.resolve("volume"));
		node = NodeSession.open(kind, directory);
	}

	@Test
	void aReadyPodSaysWhatAKubeletSays() {
		node.attach("data", volume);

		Pod pod = node.run(node.podWithClaim("web", "data", "/data")).get();

		assertThat(pod.getSpec().getNodeName()).isEqualTo("simulated-node");
		assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
		assertThat(pod.getStatus().getPodIP()).isEqualTo("127.0.0.1");
		assertThat(pod.getStatus().getStartTime()).isNotNull();
		assertThat(pod.getStatus().getConditions()).extracting(PodCondition::getType, PodCondition::getStatus)
			.contains(tuple("PodScheduled", "True"), tuple("Initialized", "True"), tuple("ContainersReady", "True"),
					tuple("Ready", "True"));
		ContainerStatus container = pod.getStatus().getContainerStatuses().get(0);
		assertThat(container.getName()).isEqualTo("app");
		assertThat(container.getState().getRunning().getStartedAt()).isNotNull();
	}

	@Test
	void waitsForItsVolume() {
		PodResource pod = node.create(node.podWithClaim("early", "data", "/data"));
		NodeSession.await("the reason to wait")
			.until(() -> waitingMessage(pod).filter(message -> message.contains("not attached")).isPresent());
		assertThat(pod.get().getStatus().getPhase()).isEqualTo("Pending");

		node.attach("data", volume);

		node.awaitReady("early");
	}

	@Test
	void runsItsMainProcessOnTheVolumeAndStopsItWhenDeleted() {
		node.attach("data", volume);
		String script = "trap 'echo bye >> /data/journal; exit 0' TERM; echo hello >> /data/journal; "
				+ "while true; do sleep 0.1; done # main-of-stopped";
		PodResource pod = node.run(annotated(node.podWithClaim("writer", "data", "/data"), script));
		NodeSession.await("the first line").until(() -> Files.exists(volume.resolve("journal")));

		pod.delete();

		NodeSession.await("the pod to go").until(() -> pod.get() == null);
		assertThat(volume.resolve("journal")).hasContent("hello\nbye\n");
		assertThat(Programs.running("main-of-stopped")).isEmpty();
	}

	@Test
	void isThereWithItsDeletionTimeWhileItEnds() {
		node.attach("data", volume);
		String script = "trap 'until [ -e /data/may-go ]; do sleep 0.1; done; exit 0' TERM; "
				+ "touch /data/begun; while true; do sleep 0.1; done";
		PodResource pod = node.run(annotated(node.podWithClaim("slow", "data", "/data"), script).editSpec()
			.withTerminationGracePeriodSeconds(60L)
			.endSpec());
		NodeSession.await("the trap to be set").until(() -> Files.exists(volume.resolve("begun")));

		pod.delete();

		NodeSession.await("the deletion time")
			.until(() -> pod.get() != null && pod.get().getMetadata().getDeletionTimestamp() != null);
		assertThat(NodeSession.exec(pod, "touch", "/data/may-go").exitCode()).isZero();
		NodeSession.await("the pod to go").until(() -> pod.get() == null);
	}

	@Test
	void isKilledWhenItsGraceIsOver() {
		PodResource pod = node
			.run(annotated(node.pod("stubborn"), "trap '' TERM; while true; do sleep 0.1; done # main-of-stubborn")
				.editSpec()
				.withTerminationGracePeriodSeconds(1L)
				.endSpec());
		NodeSession.await("the process").until(() -> !Programs.running("main-of-stubborn").isEmpty());

		pod.delete();

		NodeSession.await("the pod to go").until(() -> pod.get() == null);
		assertThat(Programs.running("main-of-stubborn")).isEmpty();
	}

	@Test
	void startsACrashedContainerAgainAndKeepsItsLastLog() {
		node.attach("data", volume);
		String script = "if [ -e /data/second ]; then echo second run; sleep 1000; fi; "
				+ "touch /data/second; echo first run; exit 3";
		PodResource pod = node.create(annotated(node.podWithClaim("crasher", "data", "/data"), script));

		NodeSession.await("the second run")
			.until(() -> container(pod).filter(status -> status.getRestartCount() == 1 && status.getReady())
				.isPresent());

		assertThat(container(pod).orElseThrow().getLastState().getTerminated().getExitCode()).isEqualTo(3);
		assertThat(pod.inContainer("app").terminated().getLog()).isEqualTo("first run\n");
		NodeSession.await("the second log").until(() -> pod.getLog().equals("second run\n"));
	}

	@Test
	void aPodThatMayNotStartAgainSucceedsOrFails() {
		PodResource good = node
			.create(annotated(node.pod("good"), "exit 0").editSpec().withRestartPolicy("Never").endSpec());
		PodResource bad = node
			.create(annotated(node.pod("bad"), "exit 5").editSpec().withRestartPolicy("Never").endSpec());

		NodeSession.await("success").until(() -> Objects.equals(phase(good), "Succeeded"));
		NodeSession.await("failure").until(() -> Objects.equals(phase(bad), "Failed"));
		assertThat(container(bad).orElseThrow().getState().getTerminated().getExitCode()).isEqualTo(5);
	}

	private static PodBuilder annotated(PodBuilder pod, String script) {
		return pod.editMetadata().addToAnnotations(ContainerSpecs.RUN, script).endMetadata();
	}

	private static Optional<ContainerStatus> container(PodResource pod) {
		return Optional.ofNullable(pod.get())
			.map(Pod::getStatus)
			.flatMap(status -> status.getContainerStatuses().stream().findFirst());
	}

	private static Optional<String> waitingMessage(PodResource pod) {
		return container(pod).map(status -> status.getState().getWaiting()).map(waiting -> waiting.getMessage());
	}

	private static @Nullable String phase(PodResource pod) {
		PodStatus status = pod.get().getStatus();
		return (status != null) ? status.getPhase() : null;
	}

}
