package dev.longhaul.batch.backup;

import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Puts the name of the run into every line that is logged while a step works, on whatever
 * thread.
 */
final class NamedRunTasklet implements Tasklet {

	private static final String RUN = "run";

	private final Tasklet work;

	NamedRunTasklet(Tasklet work) {
		this.work = work;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
		Night night = NightParameters.night(contribution.getStepExecution().getJobParameters());
		String before = MDC.get(RUN);
		MDC.put(RUN, night.job() + "-" + night.stamp());
		try {
			return work.execute(contribution, context);
		}
		finally {
			if (before != null) {
				MDC.put(RUN, before);
			}
			else {
				MDC.remove(RUN);
			}
		}
	}

}
