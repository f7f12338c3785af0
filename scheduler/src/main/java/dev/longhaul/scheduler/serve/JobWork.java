package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.text.Spans;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.definition.DeclaredNights;
import dev.longhaul.scheduler.night.NightReport;
import dev.longhaul.scheduler.night.NightRun;
import dev.longhaul.scheduler.run.RunFigures;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunLine.Level;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunningRun;
import dev.longhaul.scheduler.run.Turns;
import dev.longhaul.scheduler.wiring.Server;

/**
 * What is done in a run, by the kind of its job.
 */
final class JobWork implements RunFloor.Work {

	private final Server server;

	private final Supplier<InForce> inForce;

	private final ServeLog log;

	/**
	 * @param inForce the definitions in force whenever it is asked
	 */
	JobWork(Server server, Supplier<InForce> inForce, ServeLog log) {
		this.server = server;
		this.inForce = inForce;
		this.log = log;
	}

	@Override
	public NightEnd carryOut(RunningRun run) {
		InForce now = inForce.get();
		JobDefinition job = now.definitions().job(run.night().job()).orElseThrow(() -> gone(now, run.night().job()));
		ServeLog said = log.alsoTo(run);
		try {
			return server.turns()
				.during(run.begun().id(), alone(job, now), run.stop(), said::say, () -> carryOut(run, job, now, said));
		}
		catch (Interruption ex) {
			if (run.isCancelled()) {
				server.history().giveUp(run.night());
			}
			throw ex;
		}
	}

	private static RefusedRequest gone(InForce inForce, JobName job) {
		return new RefusedRequest(FailureCode.JOB_NOT_FOUND,
				"commit %s declares no job '%s' any more".formatted(inForce.revision(), job),
				"nothing is to be done if that is meant so");
	}

	/** See {@link Turns} for why these and no others. */
	private static Set<String> alone(JobDefinition job, InForce inForce) {
		if (job instanceof BackupJob) {
			return inForce.definitions()
				.applicationsOf(job)
				.stream()
				.map(application -> "application '%s'".formatted(application.name()))
				.collect(Collectors.toSet());
		}
		if (job instanceof DrillJob) {
			return Set.of("the throw-away namespaces of drills");
		}
		return (job instanceof MirrorJob mirror) ? Set.of("target '%s'".formatted(mirror.to())) : Set.of();
	}

	private NightEnd carryOut(RunningRun run, JobDefinition job, InForce now, ServeLog said) {
		if (job instanceof VerifyJob verify) {
			return new VerifyRun(server, said, run).run(verify,
					DeclaredNights.applications(now, verify).stream().map(ApplicationDefinition::name).toList());
		}
		if (job instanceof MirrorJob mirror) {
			return new MirrorRun(server, said, run).run(mirror);
		}
		if (job instanceof DrillJob drill) {
			return new DrillRun(server, said, run).run(drill,
					DeclaredNights.applications(now, drill).stream().map(ApplicationDefinition::name).toList());
		}
		PrintStream out = LineStream.to(line -> said.pass(Level.INFO, line));
		PrintStream err = LineStream.to(line -> said.pass(Level.WARNING, line));
		NightReport report = NightReport.text(out, err, 0, server.clock(), log.zone());
		return new NightRun(server, run.stop())
			.run(run.night(), DeclaredNights.plan(now, run.night().job(), Accepted.NOTHING, inForce),
					new NightStory(run, report))
			.end();
	}

	@Override
	public void failed(RunningRun run, Throwable failure) {
		log.fail(failure);
	}

	@Override
	public void ended(RunningRun run, RunRecord over) {
		Duration took = Duration.between(Objects.requireNonNull(over.started()), Objects.requireNonNull(over.ended()));
		String figures = Optional.ofNullable(over.figures()).map(RunFigures::words).orElse("");
		log.alsoTo(run)
			.say("%s: %s after %s%s".formatted(run.night(), over.outcome().word(), Spans.of(took),
					figures.isEmpty() ? "" : "; " + figures));
	}

}
