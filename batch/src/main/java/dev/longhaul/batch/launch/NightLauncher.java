package dev.longhaul.batch.launch;

import java.util.List;

import dev.longhaul.batch.backup.BackupJobConfiguration;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;

/**
 * Runs nights and what follows them, each at most once to its end.
 */
public final class NightLauncher {

	private final JobOperator operator;

	private final Job job;

	private final String lastStep;

	/** Runs nights. */
	public NightLauncher(JobOperator operator, Job backup) {
		this(operator, backup, BackupJobConfiguration.JUDGE);
	}

	/**
	 * @param lastStep the name of the step that says what a run has come to
	 */
	public NightLauncher(JobOperator operator, Job job, String lastStep) {
		this.operator = operator;
		this.job = job;
		this.lastStep = lastStep;
	}

	/**
	 * Runs a night, or what is left of it.
	 * @throws LonghaulException why it could not be run to its end
	 */
	public NightEnd run(Night night) {
		try {
			return end(operator.start(job, NightParameters.of(night)));
		}
		catch (JobInstanceAlreadyCompleteException ex) {
			return NightEnd.PROVEN_BEFORE;
		}
		catch (JobExecutionAlreadyRunningException ex) {
			throw new RefusedRequest(FailureCode.ALREADY_RUNNING, "%s is running already".formatted(night),
					"wait for it to end", ex);
		}
		catch (JobRestartException | InvalidJobParametersException ex) {
			throw new IllegalStateException("Spring Batch refuses to run " + night, ex);
		}
	}

	private NightEnd end(JobExecution execution) {
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			return NightEnd.PROVEN;
		}
		if (execution.getStatus() == BatchStatus.STOPPED) {
			return NightEnd.STOPPED;
		}
		if (wasJudged(execution)) {
			return NightEnd.UNPROVEN;
		}
		List<Throwable> failures = execution.getAllFailureExceptions();
		for (Throwable failure : failures) {
			if (failure instanceof LonghaulException known) {
				throw known;
			}
		}
		throw new IllegalStateException("the job ended as " + execution.getStatus(),
				failures.isEmpty() ? null : failures.get(0));
	}

	private boolean wasJudged(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.anyMatch(step -> step.getStepName().equals(lastStep) && step.getFailureExceptions().isEmpty());
	}

}
