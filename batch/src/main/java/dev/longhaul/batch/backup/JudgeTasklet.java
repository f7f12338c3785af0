package dev.longhaul.batch.backup;

import java.time.Clock;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Judges the night and writes the proof beside its manifest. The night completes only if
 * everything was proven; otherwise a restart does again what is missing.
 */
final class JudgeTasklet implements Tasklet {

	private final PartitionOutcomes outcomes;

	private final RunCatalog catalog;

	private final ObjectStore store;

	private final NightOrder order;

	private final Perseverance perseverance;

	private final Clock clock;

	private final NightListener listener;

	JudgeTasklet(PartitionOutcomes outcomes, RunCatalog catalog, ObjectStore store, NightOrder order,
			Perseverance perseverance, Clock clock, NightListener listener) {
		this.outcomes = outcomes;
		this.catalog = catalog;
		this.store = store;
		this.order = order;
		this.perseverance = perseverance;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		Night night = NightParameters.night(execution.getJobParameters());
		RecordedManifest manifest = perseverance
			.ask("reading the manifest of " + night, () -> catalog.findManifest(night))
			.orElseThrow();
		StoreFacts facts = perseverance.ask("asking the bucket about itself", store::examine);
		RunProof proof = new Judge(order, facts, proofBefore(night)).judge(manifest,
				outcomes.proofs(execution.getJobExecution().getJobInstance()), clock.instant());
		perseverance.ask("writing the proof of " + night, () -> {
			catalog.write(proof);
			return proof;
		});
		listener.on(new NightEvent.Judged(manifest.manifest(), proof));
		if (!isProven(proof)) {
			execution.setStatus(BatchStatus.FAILED);
		}
		return RepeatStatus.FINISHED;
	}

	private static boolean isProven(RunProof proof) {
		return proof.applications().stream().allMatch(application -> application.tonight() instanceof Proof.Proven);
	}

	/** An older proof is worth a look, not a failure. */
	private @Nullable RunProof proofBefore(Night night) {
		try {
			Optional<RunProof> before = perseverance.ask("looking for the proof before " + night,
					() -> catalog.findProofBefore(night));
			return before.orElse(null);
		}
		catch (DamagedData ex) {
			listener.on(new NightEvent.Warned(ex.fact()));
			return null;
		}
	}

}
