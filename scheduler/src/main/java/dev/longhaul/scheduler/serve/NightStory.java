package dev.longhaul.scheduler.serve;

import java.time.Instant;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.scheduler.night.NightReport;
import dev.longhaul.scheduler.night.NightResult;
import dev.longhaul.scheduler.run.RunEvent.Work;
import dev.longhaul.scheduler.run.RunningRun;

/**
 * Tells a night's run how far it is, and lets the report say the rest.
 */
final class NightStory implements NightReport {

	private final RunningRun run;

	private final NightReport report;

	private final NightSteps steps;

	NightStory(RunningRun run, NightReport report) {
		this.run = run;
		this.report = report;
		this.steps = new NightSteps(run.steps());
	}

	@Override
	public void on(NightEvent event) {
		steps.on(event);
		if (event instanceof NightEvent.Uploading uploading) {
			uploaded(uploading.application(), uploading.volume(), uploading.percent());
		}
		else if (event instanceof NightEvent.BackedUp made) {
			made.point().backups().forEach(backup -> uploaded(made.point().application(), backup.volume(), 100));
		}
		else if (event instanceof NightEvent.ReadingBack reading) {
			run.progressed(reading.application().value(), Work.READ_BACK, reading.blocks(), reading.of(),
					reading.read());
		}
		else if (event instanceof NightEvent.Checking checking) {
			run.progressed(checking.application().value(), Work.CHECK, 0, 1);
		}
		else if (event instanceof NightEvent.ReadBack back) {
			run.progressed(back.point().application().value(), Work.CHECK, 1, 1);
		}
		else if (event instanceof NightEvent.Failed failed) {
			run.failedInPart(failed.failure().code());
		}
		report.on(event);
	}

	private void uploaded(ApplicationName application, VolumeName volume, int percent) {
		run.progressed(application + "/" + volume, Work.UPLOAD, percent, 100);
	}

	@Override
	public void end(NightResult result, Instant now) {
		report.end(result, now);
	}

	@Override
	public void failed(LonghaulException failure) {
		report.failed(failure);
	}

}
