package dev.longhaul.restore.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.core.deploy.HealthStatus;
import dev.longhaul.core.deploy.SyncPhase;
import dev.longhaul.core.deploy.SyncStatus;
import dev.longhaul.core.time.Patience;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * Has Argo CD bring Applications, some at once, and waits until they are well. Each is
 * looked at anew first, so that what Argo CD said of it before its claims were there
 * counts for nothing. What is well already is not synced again.
 */
final class ApplicationSync {

	private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(10);

	private final ArgoApplications applications;

	private final int attempts;

	private final WaitingReasons reasons;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	ApplicationSync(ArgoApplications applications, int attempts, WaitingReasons reasons, RestoreJournal journal,
			RestoreListener listener, Clock clock, Pause pause) {
		this.applications = applications;
		this.attempts = attempts;
		this.reasons = reasons;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Syncs each at most so many times as may be, and waits until all are as they should
	 * be.
	 * @param patience when it is over, the others are as they are
	 * @return what came of them, by name
	 */
	Map<String, ApplicationOutcome> bring(Collection<String> names, Goal goal, Patience patience) {
		Wave wave = new Wave(names, goal, clock.instant());
		if (!names.isEmpty()) {
			var unusedEnd = patience.await(clock, pause, "Applications to be well: " + String.join(", ", names),
					() -> wave.advance() ? Optional.of(true) : Optional.empty());
		}
		return wave.outcomes();
	}

	/** Those that are brought at once, and how far each is. */
	private final class Wave {

		private final Map<String, Turn> turns = new TreeMap<>();

		private final Map<String, ArgoApplication> seen = new HashMap<>();

		private final Instant begunAt;

		Wave(Collection<String> names, Goal goal, Instant begunAt) {
			new TreeSet<>(names).forEach(name -> turns.put(name, new Turn(goal)));
			this.begunAt = begunAt;
		}

		/**
		 * @return whether nothing is left to be waited for
		 */
		boolean advance() {
			seen.clear();
			applications.list().orElseGet(List::of).forEach(found -> seen.put(found.name(), found));
			turns.forEach((name, turn) -> Optional.ofNullable(seen.get(name)).ifPresent(found -> step(found, turn)));
			return turns.values().stream().allMatch(turn -> turn.ended);
		}

		private void step(ArgoApplication found, Turn turn) {
			if (turn.ended || found.underWay()) {
				return;
			}
			if (turn.wantsRefresh(found)) {
				if (applications.requestRefresh(found)) {
					turn.refreshedAt = clock.instant();
				}
			}
			else if (turn.isDone(found)) {
				turn.ended = true;
				turn.took = Duration.between(begunAt, clock.instant());
				journal.record(clock.instant(), "application-brought", found.name());
				listener.told(found.name(), found.standing());
			}
			else if (turn.mayBeSynced(found) && applications.requestSync(found)) {
				turn.asked++;
				journal.record(clock.instant(), "sync-asked", found.name());
			}
			else if (turn.isHopeless(found)) {
				turn.ended = true;
				listener.told(found.name(), "%s: %s".formatted(found.standing(), found.message()));
			}
			else if (found.phase() == SyncPhase.SUCCEEDED && found.health() != HealthStatus.HEALTHY) {
				reasons.look(found);
			}
		}

		Map<String, ApplicationOutcome> outcomes() {
			Map<String, ApplicationOutcome> outcomes = new TreeMap<>();
			turns.forEach((name, turn) -> outcomes.put(name, turn.outcome(name, seen.get(name))));
			return outcomes;
		}

	}

	/** How far one Application is. */
	private final class Turn {

		private final Goal goal;

		private @Nullable Instant refreshedAt;

		private int asked;

		private boolean ended;

		private Duration took = Duration.ZERO;

		Turn(Goal goal) {
			this.goal = goal;
		}

		/** A repository that does not answer yet is asked again. */
		boolean wantsRefresh(ArgoApplication found) {
			return refreshedAt == null || (found.sync() == SyncStatus.UNKNOWN
					&& !clock.instant().isBefore(refreshedAt.plus(BETWEEN_REFRESHES)));
		}

		/**
		 * What something keeps changing is never as declared; that all of it was applied
		 * and is well has to do.
		 */
		boolean isDone(ArgoApplication found) {
			boolean applied = found.sync() == SyncStatus.SYNCED
					|| (asked > 0 && found.phase() == SyncPhase.SUCCEEDED && found.sync() != SyncStatus.UNKNOWN);
			return applied && (goal == Goal.APPLIED || found.health() == HealthStatus.HEALTHY);
		}

		/** Nobody can apply what cannot be read; that changes by itself, or never. */
		boolean mayBeSynced(ArgoApplication found) {
			boolean applied = asked > 0 && found.phase() == SyncPhase.SUCCEEDED;
			return asked < attempts && !applied && found.sync() == SyncStatus.OUT_OF_SYNC;
		}

		/**
		 * Whether it was refused as often as may be; what is not well yet may become so.
		 */
		boolean isHopeless(ArgoApplication found) {
			return asked >= attempts && (found.phase() == SyncPhase.FAILED || found.phase() == SyncPhase.ERROR);
		}

		ApplicationOutcome outcome(String name, @Nullable ArgoApplication found) {
			if (found == null) {
				return new ApplicationOutcome.Unwell(name, "Missing", "there is no such Application");
			}
			if (ended && !isHopeless(found)) {
				return new ApplicationOutcome.Healthy(name, found.sync() == SyncStatus.SYNCED, took);
			}
			String reason = reasons.last(name);
			return new ApplicationOutcome.Unwell(name, found.standing(), reason.isEmpty() ? found.message() : reason);
		}

	}

}
