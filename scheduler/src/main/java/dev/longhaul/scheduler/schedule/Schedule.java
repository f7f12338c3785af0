package dev.longhaul.scheduler.serve;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.longhaul.batch.launch.NightHistory;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.gitops.repository.InForce;
import org.jspecify.annotations.Nullable;

/**
 * The definitions in force, and the alarms set by them. One thread brings new
 * definitions, another one runs what they say.
 */
final class Schedule {

	private final AlarmClock alarm;

	private final NightHistory history;

	private final ServeLog log;

	private final Clock clock;

	private final Agenda agenda = new Agenda();

	private @Nullable InForce inForce;

	Schedule(AlarmClock alarm, NightHistory history, ServeLog log, Clock clock) {
		this.alarm = alarm;
		this.history = history;
		this.log = log;
		this.clock = clock;
	}

	/** Takes definitions into force; those of the same commit change nothing. */
	synchronized void take(InForce found) {
		InForce before = inForce;
		inForce = found;
		if (before != null && before.revision().equals(found.revision())) {
			return;
		}
		log.say("in force: commit %s of %s, '%s'".formatted(found.revision(), found.revision().author(),
				found.revision().subject()));
		agenda.take(found.definitions(), job -> history.newest(job).map(Night::scheduledFor), clock.instant())
			.forEach(this::follow);
		if (before == null) {
			found.definitions().jobs().forEach(this::resume);
			agenda.missed(this::lastEnded).forEach(this::catchUp);
		}
	}

	private void follow(Agenda.Change change) {
		if (change instanceof Agenda.Change.Planned planned) {
			alarm.set(planned.job().name(), planned.due());
			log.say("%s: next run %s".formatted(planned.job().name(), log.moment(planned.due().start())));
		}
		else if (change instanceof Agenda.Change.Idle idle) {
			alarm.forget(idle.job().name());
			log.say("%s: %s".formatted(idle.job().name(), idle.why()));
		}
		else if (change instanceof Agenda.Change.Removed removed) {
			alarm.forget(removed.job());
			log.say("%s: not declared any more".formatted(removed.job()));
		}
	}

	private void resume(JobDefinition job) {
		history.interrupted(job.name()).ifPresent(night -> {
			log.say("%s was interrupted and goes on".formatted(night));
			alarm.wakeNow(job.name(), night.scheduledFor());
		});
	}

	/** When the newest run of a job was due; empty if it is not over, and goes on now. */
	private Optional<Instant> lastEnded(JobName job) {
		return history.interrupted(job).isPresent() ? Optional.empty() : history.newest(job).map(Night::scheduledFor);
	}

	private void catchUp(JobName job, Instant scheduledFor) {
		log.say("%s did not begin when it was due after another job, and begins now".formatted(job));
		alarm.wakeNow(job, scheduledFor);
	}

	/** Only to be asked by what an alarm has woken. */
	synchronized InForce inForce() {
		return Objects.requireNonNull(inForce, "alarms are set by definitions");
	}

	/** Sets the alarms for what comes after a run, whatever came of it. */
	synchronized void settle(JobName job, Instant scheduledFor) {
		agenda.settle(job, scheduledFor, clock.instant()).ifPresent(due -> {
			alarm.set(job, due);
			log.say("%s: next run %s".formatted(job, log.moment(due.start())));
		});
		List<JobName> followers = agenda.after(job);
		followers.forEach(follower -> alarm.wakeNow(follower, scheduledFor));
	}

}
