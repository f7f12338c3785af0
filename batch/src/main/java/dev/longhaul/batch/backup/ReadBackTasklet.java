package dev.longhaul.batch.backup;

import java.util.List;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.verdict.Proof;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads back the restore point of the application its partition names. A partition
 * completes only with a proof: a restart tries again what was refuted or not read.
 */
final class ReadBackTasklet implements Tasklet {

	private final ReadBack readBack;

	private final PartitionOutcomes outcomes;

	private final NightOrder order;

	private final StopSignal stop;

	private final NightListener listener;

	ReadBackTasklet(ReadBack readBack, PartitionOutcomes outcomes, NightOrder order, StopSignal stop,
			NightListener listener) {
		this.readBack = readBack;
		this.outcomes = outcomes;
		this.order = order;
		this.stop = stop;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		ApplicationDefinition application = ApplicationPartitioner.application(execution, order);
		Outcome outcome = outcomes.outcome(execution.getJobExecution().getJobInstance(), application.name());
		if (outcome instanceof Outcome.Made made) {
			Proof proof = read(made, application.checks());
			PartitionOutcomes.writeProof(execution, proof);
			listener.on(new NightEvent.ReadBack(made.point(), made.uploaded(), proof));
			if (proof instanceof Proof.Proven) {
				return RepeatStatus.FINISHED;
			}
		}
		execution.setStatus(BatchStatus.FAILED);
		return RepeatStatus.FINISHED;
	}

	private Proof read(Outcome.Made made, List<Check> checks) {
		try {
			return stop.interruptibly(() -> readBack.read(made.point(), checks));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return new Proof.Unread("%s: %s".formatted(ex.code(), ex.fact()));
		}
	}

}
