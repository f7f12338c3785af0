package dev.longhaul.batch.backup;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Makes the restore point of the application its partition names. That it fails is an
 * outcome, so that the other applications go on.
 */
final class BackUpApplicationTasklet implements Tasklet {

	private final ApplicationBackup backup;

	private final NightOrder order;

	private final NightListener listener;

	BackUpApplicationTasklet(ApplicationBackup backup, NightOrder order, NightListener listener) {
		this.backup = backup;
		this.order = order;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		ApplicationDefinition application = ApplicationPartitioner.application(execution, order);
		Outcome outcome = Outcome.settledBefore(execution)
			.orElseGet(() -> attempt(NightParameters.night(execution.getJobParameters()), application));
		outcome.writeTo(execution);
		if (outcome instanceof Outcome.Missed missed) {
			listener.on(new NightEvent.Failed(application.name(), missed.failure()));
		}
		return RepeatStatus.FINISHED;
	}

	private Outcome attempt(Night night, ApplicationDefinition application) {
		listener.on(new NightEvent.ApplicationBegun(application.name()));
		try {
			NightEvent.BackedUp made = backup.run(night, application);
			return new Outcome.Made(made.point(), made.uploaded());
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return new Outcome.Missed(FailureNote.of(ex));
		}
	}

}
