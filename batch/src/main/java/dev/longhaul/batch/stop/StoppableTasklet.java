package dev.longhaul.batch.stop;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Makes a step that was told to stop end as stopped, and one that failed in a way a
 * person can act on end as failed without throwing: Spring Batch would log every stack
 * trace. What is unforeseen is thrown, and logged.
 */
public final class StoppableTasklet implements Tasklet {

	private final Tasklet work;

	private final StopSignal stop;

	public StoppableTasklet(Tasklet work, StopSignal stop) {
		this.work = work;
		this.stop = stop;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
		if (stop.isStopped()) {
			throw new JobInterruptedException("stopped before it began");
		}
		try {
			return work.execute(contribution, context);
		}
		catch (Interruption ex) {
			// The next thing this thread does is write to the job repository: see
			// StopSignal.
			Thread.interrupted();
			throw new JobInterruptedException(ex.fact());
		}
		catch (LonghaulException ex) {
			contribution.getStepExecution().addFailureException(ex);
			contribution.getStepExecution().setStatus(BatchStatus.FAILED);
			return RepeatStatus.FINISHED;
		}
	}

}
