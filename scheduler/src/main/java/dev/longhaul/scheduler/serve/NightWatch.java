package dev.longhaul.scheduler.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.definition.DeclaredNights;
import dev.longhaul.scheduler.night.NightReport;
import dev.longhaul.scheduler.night.NightRun;
import dev.longhaul.scheduler.wiring.Server;

/**
 * Follows the repository, and runs the jobs that it says are due.
 */
final class NightWatch {

	/** Between two looks for applications that were left quiet; a night looks, too. */
	private static final Duration RELEASES = Duration.ofMinutes(10);

	private final Server server;

	private final DefinitionRepository repository;

	private final Supplier<NightReport> reports;

	private final Pause pause;

	private final ServeLog log;

	private Instant nextRelease = Instant.MIN;

	private List<String> lastWarnings = List.of();

	private volatile boolean cutShort;

	/**
	 * @param reports one for every night
	 * @param pause ends early when the program is told to stop
	 */
	NightWatch(Server server, DefinitionRepository repository, Supplier<NightReport> reports, Pause pause,
			ServeLog log) {
		this.server = server;
		this.repository = repository;
		this.reports = reports;
		this.pause = pause;
		this.log = log;
	}

	/**
	 * Keeps watch until the program is told to stop.
	 * @param interval between two looks at the repository
	 * @return whether a run was cut short by that
	 */
	boolean keep(Duration interval) {
		releaseLeftovers();
		server.history().recover();
		try (AlarmClock alarm = AlarmClock.create()) {
			Schedule schedule = new Schedule(alarm, server.history(), log, server.clock());
			alarm.start((job, scheduledFor) -> run(schedule, job, scheduledFor));
			follow(schedule, interval);
		}
		return cutShort;
	}

	private void follow(Schedule schedule, Duration interval) {
		try {
			while (true) {
				look(schedule);
				releaseLeftovers();
				pause.of(interval);
			}
		}
		catch (InterruptedException | Interruption ex) {
			log.say("told to stop");
		}
	}

	private void releaseLeftovers() {
		Instant now = server.clock().instant();
		if (!now.isBefore(nextRelease)) {
			nextRelease = server.quietWindows().releaseLeftovers(log::warn).orElse(now.plus(RELEASES));
		}
	}

	/** Whatever keeps it from looking changes nothing, and is said once. */
	private void look(Schedule schedule) {
		List<String> warnings;
		try {
			InForce found = repository.refresh();
			schedule.take(found);
			server.drift().look(found).forEach(log::say);
			warnings = DeclaredNights.warnings(found);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			warnings = List.of("%s   [%s]".formatted(ex.fact(), ex.code()), "hint: " + ex.hint());
		}
		if (!warnings.equals(lastWarnings)) {
			warnings.forEach(log::warn);
			lastWarnings = warnings;
		}
	}

	private void run(Schedule schedule, JobName job, Instant scheduledFor) {
		try {
			run(new Night(job, scheduledFor), schedule);
		}
		catch (Interruption ex) {
			cutShort = true;
			log.say("%s %s goes on at the next start".formatted(job, scheduledFor));
			return;
		}
		catch (RuntimeException ex) {
			// Whatever ended this run, the next one has to come.
			log.fail(ex);
		}
		schedule.settle(job, scheduledFor);
	}

	private void run(Night run, Schedule schedule) {
		InForce inForce = schedule.inForce();
		JobDefinition job = inForce.definitions().job(run.job()).orElse(null);
		if (job instanceof VerifyJob verify) {
			new VerifyRun(server, log).run(run, verify, DeclaredNights.applications(inForce, verify));
		}
		else if (job instanceof MirrorJob mirror) {
			new MirrorRun(server, log).run(run, mirror);
		}
		else {
			new NightRun(server).run(run, DeclaredNights.plan(inForce, run.job(), Accepted.NOTHING, schedule::inForce),
					reports.get());
		}
	}

}
