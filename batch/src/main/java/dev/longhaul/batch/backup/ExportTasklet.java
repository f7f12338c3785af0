package dev.longhaul.batch.backup;

import java.time.Clock;
import java.util.List;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.export.ExportSource;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Keeps beside the restore points of the night what their applications export, and
 * records it. Everybody works again by then: an export is consistent in itself.
 */
final class ExportTasklet implements Tasklet {

	private final ExportRound round;

	private final ExportArchive archive;

	private final RunCatalog catalog;

	private final NightOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	private final NightListener listener;

	ExportTasklet(ExportRound round, ExportArchive archive, RunCatalog catalog, NightOrder order,
			Perseverance perseverance, Clock clock, NightListener listener) {
		this.round = round;
		this.archive = archive;
		this.catalog = catalog;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		Night night = NightParameters.night(contribution.getStepExecution().getJobParameters());
		List<ApplicationDefinition> exporting = order.applications()
			.stream()
			.filter(application -> !application.exports().sources().isEmpty())
			.toList();
		if (!exporting.isEmpty()) {
			giveUpForgotten();
			export(night, exporting);
		}
		return RepeatStatus.FINISHED;
	}

	/** What lies there unfinished costs money, and nothing else. */
	private void giveUpForgotten() {
		try {
			archive.giveUpForgotten();
		}
		catch (TransientFailure | RefusedRequest | OutcomeUnknown ex) {
			listener.on(new NightEvent.Warned("exports that were left unfinished may still be there: " + ex.fact()));
		}
	}

	/** Recorded one by one: whoever is killed makes at most the last one again. */
	private void export(Night night, List<ApplicationDefinition> exporting) {
		RecordedManifest manifest = perseverance
			.ask("reading the manifest of " + night, () -> catalog.findManifest(night))
			.orElseThrow();
		RunExports exports = new RunExports(night, manifest.hash(), clock.instant(), before(night));
		if (!exports.applications().isEmpty()) {
			record(exports);
		}
		for (ApplicationDefinition application : exporting) {
			if (hasRestorePoint(manifest, application)) {
				exports = export(application, exports);
			}
		}
	}

	private RunExports export(ApplicationDefinition application, RunExports before) {
		RunExports exports = before;
		for (ExportSource source : application.exports().sources()) {
			ApplicationExports soFar = exports.of(application.name());
			ApplicationExports made = round.make(exports.night(), application, source, soFar);
			if (!made.equals(soFar)) {
				exports = exports.with(made, clock.instant());
				record(exports);
			}
		}
		return exports;
	}

	private static boolean hasRestorePoint(RecordedManifest manifest, ApplicationDefinition application) {
		return manifest.manifest()
			.restorePoints()
			.stream()
			.map(RestorePoint::application)
			.anyMatch(application.name()::equals);
	}

	/** By an earlier start of this night. What is not believed is made anew. */
	private List<ApplicationExports> before(Night night) {
		try {
			return perseverance.ask("looking for the exports of " + night, () -> catalog.findExports(night))
				.map(RunExports::applications)
				.orElse(List.of());
		}
		catch (DamagedData ex) {
			listener.on(new NightEvent.Warned(ex.fact()));
			return List.of();
		}
	}

	private void record(RunExports exports) {
		perseverance.ask("recording the exports of " + exports.night(), () -> {
			catalog.write(exports);
			return exports;
		});
	}

}
