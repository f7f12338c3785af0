package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.core.cluster.WaitingPods.WaitingPod;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.SyncStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingReasonsTest {

	private static final ArgoApplication GITEA = PlayedArgoCd.application("gitea", SyncStatus.SYNCED,
			HealthStatus.PROGRESSING);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

	private final InstantSource passing = now::get;

	private final Clock clock = passing.withZone(ZoneOffset.UTC);

	private final List<String> told = new ArrayList<>();

	private List<WaitingPod> waiting = List.of(new WaitingPod("gitea-0", "Unschedulable: unbound claims"));

	private final WaitingReasons reasons = new WaitingReasons(namespace -> {
		assertThat(namespace).isEqualTo("gitea");
		return waiting;
	}, new Listening(), clock);

	@Test
	void whatBeginsAtOnceIsNotTalkedAbout() {
		reasons.look(GITEA);
		after(10);

		assertThat(told).isEmpty();
		assertThat(reasons.last("gitea")).isEmpty();
	}

	@Test
	void aReasonIsToldOnceUntilItChanges() {
		reasons.look(GITEA);
		after(15);
		after(15);
		waiting = List.of(new WaitingPod("gitea-0", "CrashLoopBackOff"));
		after(15);
		waiting = List.of();
		after(15);

		assertThat(told).containsExactly("gitea waits: pod 'gitea-0': Unschedulable: unbound claims",
				"gitea waits: pod 'gitea-0': CrashLoopBackOff");
		assertThat(reasons.last("gitea")).isEqualTo("pod 'gitea-0': CrashLoopBackOff");
	}

	@Test
	void threeAreNamed() {
		waiting = List.of(new WaitingPod("a", "x"), new WaitingPod("b", "x"), new WaitingPod("c", "x"),
				new WaitingPod("d", "x"), new WaitingPod("e", "x"));
		reasons.look(GITEA);
		after(15);

		assertThat(told).containsExactly("gitea waits: pod 'a': x; pod 'b': x; pod 'c': x; and 2 more");
	}

	@Test
	void whoCannotBeAskedKeepsNobodyFromWaiting() {
		WaitingReasons deaf = new WaitingReasons(namespace -> {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "away", "wait");
		}, new Listening(), clock);
		deaf.look(GITEA);
		now.updateAndGet(instant -> instant.plusSeconds(20));
		deaf.look(GITEA);

		assertThat(told).isEmpty();
	}

	private void after(int seconds) {
		now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(seconds)));
		reasons.look(GITEA);
	}

	private final class Listening implements RestoreListener {

		@Override
		public void began(PlannedStep step) {
		}

		@Override
		public void progressed(PlannedVolume volume, int percent) {
		}

		@Override
		public void restored(PlannedVolume volume) {
		}

		@Override
		public void failedOnce(PlannedVolume volume, String why) {
		}

		@Override
		public void told(String subject, String standing) {
			told.add(subject + " " + standing);
		}

		@Override
		public void noted(String fact) {
		}

	}

}
