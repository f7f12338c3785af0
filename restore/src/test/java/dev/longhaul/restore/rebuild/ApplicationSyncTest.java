package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.SyncPhase;
import dev.longhaul.core.deploy.SyncStatus;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreListener;
import dev.longhaul.restore.sync.AutomatedSync;
import org.junit.jupiter.api.Test;

import static dev.longhaul.restore.rebuild.PlayedArgoCd.application;
import static dev.longhaul.restore.rebuild.PlayedArgoCd.standing;
import static org.assertj.core.api.Assertions.assertThat;

class ApplicationSyncTest {

	private static final Patience MINUTE = new Patience(Duration.ofSeconds(1), Duration.ofMinutes(1));

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

	private final InstantSource passing = now::get;

	private final Clock clock = passing.withZone(ZoneOffset.UTC);

	private final Pause pause = duration -> now.updateAndGet(instant -> instant.plus(duration));

	private final PlayedArgoCd argo = new PlayedArgoCd();

	@Test
	void whatIsWellIsLookedAtAnewAndNotSynced() {
		argo.with(application("cloud", SyncStatus.SYNCED, HealthStatus.HEALTHY), found -> found);

		Map<String, ApplicationOutcome> outcomes = bring(Set.of("cloud"), Goal.WELL);

		assertThat(argo.asked).containsExactly("refresh cloud");
		assertThat(outcomes)
			.containsExactly(Map.entry("cloud", new ApplicationOutcome.Healthy("cloud", true, Duration.ofSeconds(1))));
	}

	@Test
	void whatFailsOnceIsSyncedAgain() {
		AtomicInteger syncs = new AtomicInteger();
		argo.with(application("cloud", SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING),
				found -> (syncs.incrementAndGet() == 1)
						? standing(found, SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING, SyncPhase.FAILED, "not yet")
						: standing(found, SyncStatus.SYNCED, HealthStatus.HEALTHY, SyncPhase.SUCCEEDED, ""));

		assertThat(bring(Set.of("cloud"), Goal.WELL).get("cloud")).isInstanceOf(ApplicationOutcome.Healthy.class);
		assertThat(argo.asked).containsExactly("refresh cloud", "sync cloud", "sync cloud");
	}

	@Test
	void whatIsRefusedAsOftenAsMayBeIsGivenUpWithItsReason() {
		argo.with(application("cloud", SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING),
				found -> standing(found, SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING, SyncPhase.FAILED, "no quota"));
		Instant begun = now.get();

		assertThat(bring(Set.of("cloud"), Goal.WELL)).containsEntry("cloud",
				new ApplicationOutcome.Unwell("cloud", "OutOfSync, Missing", "no quota"));
		assertThat(argo.asked).filteredOn("sync cloud"::equals).hasSize(3);
		assertThat(now.get()).as("nobody waits for it").isBefore(begun.plusSeconds(10));
	}

	@Test
	void whatSomethingKeepsChangingIsWellAllTheSame() {
		argo.with(application("cloud", SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY),
				found -> standing(found, SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY, SyncPhase.SUCCEEDED, ""));

		assertThat(bring(Set.of("cloud"), Goal.WELL).get("cloud"))
			.isEqualTo(new ApplicationOutcome.Healthy("cloud", false, Duration.ofSeconds(2)));
		assertThat(argo.asked).containsExactly("refresh cloud", "sync cloud");
	}

	@Test
	void whatDoesNotBecomeWellIsWaitedForUntilPatienceEnds() {
		argo.with(application("cloud", SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING), found -> standing(found,
				SyncStatus.SYNCED, HealthStatus.PROGRESSING, SyncPhase.SUCCEEDED, "successfully synced"));
		Instant begun = now.get();

		assertThat(bring(Set.of("cloud"), Goal.WELL)).containsEntry("cloud",
				new ApplicationOutcome.Unwell("cloud", "Synced, Progressing", "successfully synced"));
		assertThat(now.get()).isEqualTo(begun.plusSeconds(60));
		assertThat(bring(Set.of("cloud"), Goal.APPLIED).get("cloud")).as("all of it is applied")
			.isInstanceOf(ApplicationOutcome.Healthy.class);
	}

	@Test
	void aRepositoryThatDoesNotAnswerIsAskedAgainAndNothingIsSynced() {
		argo.with(application("apps", SyncStatus.UNKNOWN, HealthStatus.UNKNOWN), found -> found);

		assertThat(bring(Set.of("apps"), Goal.APPLIED).get("apps")).isInstanceOf(ApplicationOutcome.Unwell.class);
		assertThat(argo.asked).containsOnly("refresh apps").hasSize(7);
	}

	@Test
	void whatIsNotThereIsMissing() {
		assertThat(bring(Set.of("nobody"), Goal.WELL)).containsEntry("nobody",
				new ApplicationOutcome.Unwell("nobody", "Missing", "there is no such Application"));
	}

	@Test
	void parentsArePausedFirstAndResumedLast() {
		for (ArgoApplication each : List.of(PlayedArgoCd.automated("a", true, false),
				PlayedArgoCd.automated("b", true, false, "a"), PlayedArgoCd.automated("c", false, false))) {
			argo.with(each, found -> found);
		}
		AutomatedSync automated = new AutomatedSync(argo, Set.of(), MINUTE, journal(), clock, pause);

		automated.pauseAll();
		automated.pauseAll();
		automated.resumeAll();

		assertThat(argo.asked).containsExactly("pause b", "pause a", "resume a", "resume b");
	}

	private Map<String, ApplicationOutcome> bring(Set<String> names, Goal goal) {
		Deaf deaf = new Deaf();
		return new ApplicationSync(argo, 3, new WaitingReasons(namespace -> List.of(), deaf, clock), journal(), deaf,
				clock, pause)
			.bring(names, goal, MINUTE);
	}

	private static RestoreJournal journal() {
		return new RestoreJournal() {

			@Override
			public Instant begin(String planHash, Instant at) {
				return at;
			}

			@Override
			public void record(Instant at, String event, String subject) {
				assertThat(subject).isNotEmpty();
			}

		};
	}

	/** Nobody listens. */
	private static final class Deaf implements RestoreListener {

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
		}

		@Override
		public void noted(String fact) {
		}

	}

}
