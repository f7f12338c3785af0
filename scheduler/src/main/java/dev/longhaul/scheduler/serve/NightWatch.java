package dev.longhaul.scheduler.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.time.Pause;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.definition.DeclaredNights;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.schedule.AlarmClock;
import dev.longhaul.scheduler.schedule.Schedule;
import dev.longhaul.scheduler.wiring.Server;

/**
 * Follows the repository, and runs the jobs that it says are due.
 */
final class NightWatch {

	/** Between two looks for applications that were left quiet; a night looks, too. */
	private static final Duration RELEASES = Duration.ofMinutes(10);

	private final Server server;

	private final DefinitionRepository repository;

	private final Pause pause;

	private final ServeLog log;

	private Instant nextRelease = Instant.MIN;

	private List<String> lastWarnings = List.of();

	private volatile boolean cutShort;

	/**
	 * @param pause ends early when the program is told to stop
	 */
	NightWatch(Server server, DefinitionRepository repository, Pause pause, ServeLog log) {
		this.server = server;
		this.repository = repository;
		this.pause = pause;
		this.log = log;
	}

	/**
	 * Keeps watch until the program is told to stop.
	 * @param interval between two looks at the repository
	 * @return whether a run was cut short by that
	 */
	boolean keep(Duration interval) {
		try {
			releaseLeftovers();
			sweepDrills();
		}
		catch (Interruption ex) {
			log.say("told to stop");
			return false;
		}
		recover();
		try (AlarmClock alarm = server.alarmClock()) {
			Schedule schedule = new Schedule(alarm,
					new RememberedRuns(server.journal(), server.history(), server.clock()), this::carryOut, log::say,
					server.clock(), log.zone());
			follow(schedule, interval);
			server.runs().close();
		}
		return cutShort;
	}

	/** No drill is under way yet, so what is there was left. */
	private void sweepDrills() {
		try {
			server.sweepDrills()
				.forEach(namespace -> log
					.warn("a drill that was killed had left namespace '%s', which is removed".formatted(namespace)));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			log.warn("what drills may have left is not removed: %s   [%s]".formatted(ex.fact(), ex.code()));
		}
	}

	/** Of those that were cancelled before they were killed, nobody is to go on. */
	private void recover() {
		server.history().recover();
		server.floor()
			.recover()
			.stream()
			.filter(run -> run.outcome() instanceof RunOutcome.Cancelled)
			.forEach(run -> server.history().giveUp(run.night()));
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
			server.definitions().take(found);
			server.runs().open(schedule);
			server.drift().look(found).forEach(log::say);
			warnings = DeclaredNights.warnings(found);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			server.definitions().failed(ex);
			warnings = List.of("%s   [%s]".formatted(ex.fact(), ex.code()), "hint: " + ex.hint());
		}
		if (!warnings.equals(lastWarnings)) {
			warnings.forEach(log::warn);
			lastWarnings = warnings;
		}
	}

	private RunOutcome carryOut(RunOrder order, Supplier<InForce> inForce) {
		InForce now = inForce.get();
		JobDefinition job = now.definitions().job(order.job()).orElse(null);
		RunOutcome outcome = server.floor()
			.carryOut(order, job, now.revision().id(), new JobWork(server, inForce, log));
		if (outcome instanceof RunOutcome.Interrupted) {
			cutShort = true;
			log.say("%s goes on at the next start".formatted(order.night()));
		}
		return outcome;
	}

}
