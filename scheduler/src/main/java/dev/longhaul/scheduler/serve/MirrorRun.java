package dev.longhaul.scheduler.serve;

import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.backupstore.mirror.MirroredBackup;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.mirror.MirrorEvent;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.run.RunStep;
import dev.longhaul.scheduler.run.RunningRun;
import dev.longhaul.scheduler.wiring.FollowUpContext;
import dev.longhaul.scheduler.wiring.Server;

/**
 * Runs a mirror, and says in the log what was copied and what was not.
 */
final class MirrorRun {

	private static final String COPY = "copy";

	private final Server server;

	private final ServeLog log;

	private final RunningRun run;

	MirrorRun(Server server, ServeLog log, RunningRun run) {
		this.server = server;
		this.log = log;
		this.run = run;
	}

	/**
	 * @throws LonghaulException why it could not be run to its end
	 */
	NightEnd run(MirrorJob job) {
		try (FollowUpContext context = server.mirror(job, event -> on(run.night(), event), run.stop())) {
			NightEnd end = context.run(run.night());
			if (end == NightEnd.PROVEN_BEFORE) {
				log.say("%s was done before".formatted(run.night()));
			}
			return end;
		}
	}

	private void on(Night run, MirrorEvent event) {
		if (event instanceof MirrorEvent.Begun begun) {
			log.say("%s: copies '%s' to '%s'".formatted(run, begun.from(), begun.to()));
			this.run.steps().begin("", COPY);
		}
		else if (event instanceof MirrorEvent.Waiting waiting) {
			log.say("  %s waits for %s".formatted(waiting.volume(), waiting.what()));
		}
		else if (event instanceof MirrorEvent.Warned warned) {
			log.warn(warned.warning());
		}
		else if (event instanceof MirrorEvent.Mirrored mirrored) {
			say(run, mirrored.report());
			step(mirrored.report());
		}
	}

	private void step(MirrorReport report) {
		ByteSize blocks = report.copied().size();
		ByteSize exports = report.exports().copied().size();
		run.steps()
			.end("", COPY, RunStep.State.DONE, "%d backups, %s; %d exports, %s".formatted(report.count(State.COPIED),
					blocks, report.exports().copied().count(), exports), blocks.plus(exports).bytes());
	}

	private void say(Night run, MirrorReport report) {
		report.volumes().forEach(this::warn);
		report.exports()
			.damaged()
			.forEach(damage -> log
				.warn("damaged in the source, not copied: %s: %s".formatted(damage.subject(), damage.reason())));
		report.refused()
			.forEach(refusal -> log
				.warn("not believed, not copied: %s: %s".formatted(refusal.subject(), refusal.reason())));
		log.say("%s: %d backups copied, %d there already; %d blocks, %s; %d exports, %s; %d documents copied".formatted(
				run, report.count(State.COPIED), report.count(State.HELD), report.copied().count(),
				report.copied().size(), report.exports().copied().count(), report.exports().copied().size(),
				report.documents().copied()));
	}

	private void warn(MirroredVolume volume) {
		if (volume.skipped() != null) {
			log.warn("%s was skipped: %s".formatted(volume.name(), volume.skipped()));
		}
		volume.problems()
			.forEach(problem -> log
				.warn("%s: %s %s %s".formatted(volume.name(), problem.kind().word(), problem.key(), problem.detail())));
		volume.backups().forEach(backup -> warn(volume, backup));
		volume.notes().forEach(note -> log.say("  %s: %s".formatted(volume.name(), note)));
	}

	/** One reason of each is enough here; 'longhaul verify' shows all. */
	private void warn(MirroredVolume volume, MirroredBackup backup) {
		if (backup.state() == State.DAMAGED || backup.state() == State.UNREADABLE) {
			String reason = backup.problems()
				.stream()
				.findFirst()
				.map(problem -> ": %s %s %s".formatted(problem.kind().word(), problem.key(), problem.detail()))
				.orElse("");
			log.warn("backup %s of %s is %s in the source, and is not copied%s".formatted(backup.name(), volume.name(),
					backup.state().word(), reason));
		}
		else if (backup.state() == State.DEFERRED) {
			log.warn("backup %s of %s is left to the next run".formatted(backup.name(), volume.name()));
		}
	}

}
