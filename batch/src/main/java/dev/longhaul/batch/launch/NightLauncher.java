package dev.longhaul.batch.launch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.longhaul.batch.backup.BackupJobConfiguration;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs nights, each at most once to its end. Only one process works with the database at
 * a time, so whatever is found running at the start was killed.
 */
public final class NightLauncher {

	/** An older night is not resumed: the next one has its data, and newer. */
	private static final Duration RESUMABLE = Duration.ofHours(24);

	private static final int INSTANCES = 20;

	private static final ExitStatus KILLED = new ExitStatus("KILLED", "the process ended before the job did");

	private final JobOperator operator;

	private final JobRepository repository;

	private final Job backup;

	private final Clock clock;

	public NightLauncher(JobOperator operator, JobRepository repository, Job backup, Clock clock) {
		this.operator = operator;
		this.repository = repository;
		this.backup = backup;
		this.clock = clock;
	}

	/**
	 * Marks as failed what a killed process left as running, so that it can be restarted.
	 * To be called once, before anything else.
	 */
	public void recover() {
		for (JobInstance instance : repository.getJobInstances(BackupJobConfiguration.JOB, 0, INSTANCES)) {
			List<JobExecution> executions = repository.getJobExecutions(instance);
			if (executions.isEmpty()) {
				// Killed between two transactions of the launch; Spring Batch refuses to
				// start such an instance.
				repository.deleteJobInstance(instance);
			}
			executions.forEach(this::recover);
		}
	}

	private void recover(JobExecution execution) {
		if (execution.isRunning()) {
			execution.setExitStatus(KILLED);
			operator.recover(execution);
		}
		else if (execution.getStatus() == BatchStatus.UNKNOWN) {
			// Spring Batch warns against restarting it, because it cannot know what was
			// done. Here every step looks first.
			execution.getStepExecutions().forEach(this::fail);
			execution.setStatus(BatchStatus.FAILED);
			repository.update(execution);
		}
	}

	private void fail(StepExecution step) {
		if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
			step.setStatus(BatchStatus.FAILED);
			repository.update(step);
		}
	}

	/** The newest night of a job that was killed or stopped, at most a day old. */
	public Optional<Night> interrupted(JobName job) {
		Instant oldest = clock.instant().minus(RESUMABLE);
		return repository.getJobInstances(BackupJobConfiguration.JOB, 0, INSTANCES)
			.stream()
			.map(repository::getLastJobExecution)
			.filter(execution -> execution != null && wasInterrupted(execution))
			.map(execution -> NightParameters.night(execution.getJobParameters()))
			.filter(night -> night.job().equals(job) && night.scheduledFor().isAfter(oldest))
			.max(Comparator.comparing(Night::scheduledFor));
	}

	private static boolean wasInterrupted(JobExecution execution) {
		return execution.getStatus() == BatchStatus.STOPPED
				|| execution.getExitStatus().getExitCode().equals(KILLED.getExitCode());
	}

	/**
	 * Runs a night, or what is left of it.
	 * @throws LonghaulException why it could not be run to its end
	 */
	public NightEnd run(Night night) {
		try {
			return end(operator.start(backup, NightParameters.of(night)));
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

	private static NightEnd end(JobExecution execution) {
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

	private static boolean wasJudged(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.anyMatch(step -> step.getStepName().equals(BackupJobConfiguration.JUDGE)
					&& step.getFailureExceptions().isEmpty());
	}

}
