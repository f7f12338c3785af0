package dev.longhaul.batch.backup;

import dev.longhaul.core.application.ApplicationDefinition;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Checks what must hold before anything is begun, at every start.
 */
final class PreflightTasklet implements Tasklet {

	private final Preflight preflight;

	private final NightOrder order;

	private final NightListener listener;

	PreflightTasklet(Preflight preflight, NightOrder order, NightListener listener) {
		this.preflight = preflight;
		this.order = order;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		listener.on(new NightEvent.Begun(NightParameters.night(contribution.getStepExecution().getJobParameters()),
				order.applications().stream().map(ApplicationDefinition::name).toList()));
		preflight.check().forEach(warning -> listener.on(new NightEvent.Warned(warning)));
		return RepeatStatus.FINISHED;
	}

}
