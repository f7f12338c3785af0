package dev.longhaul.batch.verify;

import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Writes into the bucket what was read back, and what of it is not proven fails the run.
 */
final class RecordReadingsTasklet implements Tasklet {

	private final KeptReadings kept;

	private final RunCatalog catalog;

	private final VerifyOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	private final VerifyListener listener;

	RecordReadingsTasklet(KeptReadings kept, RunCatalog catalog, VerifyOrder order, Perseverance perseverance,
			Clock clock, VerifyListener listener) {
		this.kept = kept;
		this.catalog = catalog;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		Verification verification = new Verification(NightParameters.night(execution.getJobParameters()),
				clock.instant(), order.place().mirror(), kept.all(execution.getJobExecution().getJobInstance()));
		perseverance.ask("writing what was read back", () -> {
			catalog.write(verification);
			return verification;
		});
		listener.on(new VerifyEvent.Recorded(verification));
		if (!isProven(verification)) {
			execution.setStatus(BatchStatus.FAILED);
		}
		return RepeatStatus.FINISHED;
	}

	private boolean isProven(Verification verification) {
		Set<ApplicationName> read = verification.readings()
			.stream()
			.map(Reading::application)
			.collect(Collectors.toSet());
		return verification.isProven() && read.containsAll(order.applications());
	}

}
