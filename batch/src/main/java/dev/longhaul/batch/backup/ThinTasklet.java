package dev.longhaul.batch.backup;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Proof;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Carries retention out once the night is judged and all of it is proven; the step before
 * it has failed otherwise. What cannot be removed is warned of and left to the next
 * night, for this one has done what it is for.
 */
final class ThinTasklet implements Tasklet {

	private final Thinning thinning;

	private final RunCatalog catalog;

	private final Perseverance perseverance;

	ThinTasklet(Thinning thinning, RunCatalog catalog, Perseverance perseverance) {
		this.thinning = thinning;
		this.catalog = catalog;
		this.perseverance = perseverance;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		Night night = NightParameters.night(contribution.getStepExecution().getJobParameters());
		RunProof proof = perseverance.ask("reading the proof of " + night, () -> catalog.findProof(night))
			.orElseThrow();
		thinning.run(proof.applications()
			.stream()
			.filter(application -> application.tonight() instanceof Proof.Proven)
			.map(RunProof.ApplicationProof::application)
			.toList());
		return RepeatStatus.FINISHED;
	}

}
