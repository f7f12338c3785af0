package dev.longhaul.scheduler.serve;

import java.util.List;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.verify.VerifyEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.scheduler.run.RunEvent.Work;
import dev.longhaul.scheduler.run.RunStep.State;
import dev.longhaul.scheduler.run.RunningRun;
import dev.longhaul.scheduler.wiring.FollowUpContext;
import dev.longhaul.scheduler.wiring.Server;

/**
 * Runs a verification, and says in the log what it shows.
 */
final class VerifyRun {

	private static final String READ_BACK = "read back";

	private final Server server;

	private final ServeLog log;

	private final RunningRun run;

	private int read;

	VerifyRun(Server server, ServeLog log, RunningRun run) {
		this.server = server;
		this.log = log;
		this.run = run;
	}

	/**
	 * @throws LonghaulException why it could not be run to its end
	 */
	NightEnd run(VerifyJob job, List<ApplicationName> applications) {
		try (FollowUpContext context = server.verification(applications, job, this::on, run.stop())) {
			NightEnd end = context.run(run.night());
			if (end == NightEnd.PROVEN_BEFORE) {
				log.say("%s was proven before".formatted(run.night()));
			}
			return end;
		}
	}

	private void on(VerifyEvent event) {
		if (event instanceof VerifyEvent.Begun begun) {
			log.say("%s: reads back %s".formatted(begun.run(), begun.applications()));
			run.steps().begin("", READ_BACK);
		}
		else if (event instanceof VerifyEvent.Warned warned) {
			log.warn(warned.warning());
		}
		else if (event instanceof VerifyEvent.Read read) {
			say(read.reading());
			step(read.reading());
			run.progressed(read.reading().application().value(), Work.VERIFICATION, ++this.read, 0);
		}
		else if (event instanceof VerifyEvent.Recorded recorded) {
			Verification verification = recorded.verification();
			long proven = verification.readings()
				.stream()
				.filter(reading -> reading.proof() instanceof Proof.Proven)
				.count();
			String result = "%d of %d restore points are proven".formatted(proven, verification.readings().size());
			log.say("%s: %s".formatted(verification.run(), result));
			run.steps().end("", READ_BACK, State.DONE, result, 0);
		}
	}

	private void step(Reading reading) {
		String subject = reading.application().value();
		String name = "restore point of " + reading.night();
		if (reading.proof() instanceof Proof.Proven proven) {
			run.steps()
				.end(subject, name, State.DONE, "%d blocks, %s".formatted(proven.blocks(), proven.read()),
						proven.read().bytes());
		}
		else if (reading.proof() instanceof Proof.Refuted refuted) {
			run.steps().end(subject, name, State.FAILED, refuted.finding(), 0);
		}
		else if (reading.proof() instanceof Proof.Unread unread) {
			run.steps().end(subject, name, State.UNKNOWN, unread.reason(), 0);
		}
	}

	private void say(Reading reading) {
		String subject = "%s of %s".formatted(reading.application(), reading.night());
		if (reading.proof() instanceof Proof.Proven proven) {
			log.say("  %s: %d blocks, %s read back  ok".formatted(subject, proven.blocks(), proven.read()));
		}
		else if (reading.proof() instanceof Proof.Refuted refuted) {
			log.warn("%s: %s %s".formatted(subject, Answer.FAILS.symbol(), refuted.finding()));
		}
		else if (reading.proof() instanceof Proof.Unread unread) {
			log.warn("%s: %s %s".formatted(subject, Answer.UNKNOWN.symbol(), unread.reason()));
		}
	}

}
