package dev.longhaul.scheduler.serve;

import java.util.List;

import dev.longhaul.batch.drill.DrillEvent;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.text.Spans;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.drill.DrillReport;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.scheduler.run.RunStep;
import dev.longhaul.scheduler.run.RunningRun;
import dev.longhaul.scheduler.wiring.FollowUpContext;
import dev.longhaul.scheduler.wiring.Server;

/**
 * Runs a drill, and says in the log what started and what did not.
 */
final class DrillRun {

	private static final String REHEARSE = "rehearse";

	private final Server server;

	private final ServeLog log;

	private final RunningRun run;

	DrillRun(Server server, ServeLog log, RunningRun run) {
		this.server = server;
		this.log = log;
		this.run = run;
	}

	/**
	 * @throws LonghaulException why it could not be run to its end
	 */
	NightEnd run(DrillJob job, List<ApplicationName> applications) {
		try (FollowUpContext context = server.drill(applications, job, this::on, run.stop())) {
			NightEnd end = context.run(run.night());
			if (end == NightEnd.PROVEN_BEFORE) {
				log.say("%s was done before".formatted(run.night()));
			}
			return end;
		}
	}

	private void on(DrillEvent event) {
		if (event instanceof DrillEvent.Begun begun) {
			say(begun.run(), begun.applications());
		}
		else if (event instanceof DrillEvent.Swept swept) {
			log.warn("a drill that was killed had left namespace '%s', which is removed".formatted(swept.namespace()));
		}
		else if (event instanceof DrillEvent.Rehearsing next) {
			run.steps().begin(next.application().value(), REHEARSE);
		}
		else if (event instanceof DrillEvent.Told told) {
			log.say("  " + told.what());
		}
		else if (event instanceof DrillEvent.Rehearsed rehearsed) {
			say(rehearsed.report());
		}
		else if (event instanceof DrillEvent.Refused refused) {
			String application = refused.application().value();
			warn("%s was not rehearsed".formatted(application), refused.failure());
			run.steps().end(application, REHEARSE, RunStep.State.FAILED, refused.failure().fact(), 0);
		}
	}

	private void say(Night night, int applications) {
		log.say("%s: rehearses %d %s".formatted(night, applications,
				(applications == 1) ? "application" : "applications"));
	}

	private void say(DrillReport report) {
		String application = report.plan().application().value();
		report.answers().forEach(this::say);
		if (report.failure() != null) {
			warn("%s did not start, after %s".formatted(application, Spans.of(report.took())), report.failure());
		}
		else if (report.isStarted()) {
			log.say("%s started in %s".formatted(application, Spans.of(report.took())));
		}
		else {
			log.warn("%s started in %s, and is not well".formatted(application, Spans.of(report.took())));
		}
		if (report.remains() != null) {
			warn("what the drill of %s made is not all removed".formatted(application), report.remains());
		}
		run.steps()
			.end(application, REHEARSE, report.isStarted() ? RunStep.State.DONE : RunStep.State.FAILED,
					report.isStarted() ? "started in " + Spans.of(report.took()) : "did not start, or is not well",
					report.plan().restore().volumes().stream().mapToLong(DrillRun::written).sum());
	}

	private static long written(PlannedVolume volume) {
		return volume.written().bytes();
	}

	private void say(CheckAnswer answer) {
		if (answer instanceof CheckAnswer.Failed failed) {
			log.warn("%s   hint: %s".formatted(failed.told(), failed.hint()));
		}
		else {
			log.say("  " + answer.told());
		}
	}

	private void warn(String what, LonghaulException failure) {
		log.warn("%s: %s   [%s]".formatted(what, failure.fact(), failure.code()));
		log.warn("hint: " + failure.hint());
	}

}
