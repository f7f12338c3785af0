package dev.longhaul.batch.launch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.batch.backup.BackupJobConfiguration;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.drill.DrillJobConfiguration;
import dev.longhaul.batch.mirror.MirrorJobConfiguration;
import dev.longhaul.batch.verify.VerifyJobConfiguration;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * The runs that were begun here, nights and others. Only one process works with the
 * database at a time, so whatever is found running at the start was killed.
 */
public final class NightHistory {

	private static final List<String> JOBS = List.of(BackupJobConfiguration.JOB, VerifyJobConfiguration.JOB,
			MirrorJobConfiguration.JOB, DrillJobConfiguration.JOB);

	/** An older night is not resumed: the next one has its data, and newer. */
	private static final Duration RESUMABLE = Duration.ofHours(24);

	/** Of all jobs of a kind, newest first. */
	private static final int INSTANCES = 20;

	/** Enough for a weekly job beside some that run every hour. */
	private static final int REMEMBERED = 500;

	/** So that nobody goes on with it, although Spring Batch would. */
	private static final ExitStatus GIVEN_UP = new ExitStatus("GIVEN_UP", "somebody has cancelled the run");

	private static final ExitStatus KILLED = new ExitStatus("KILLED", "the process ended before the job did");

	private final JobOperator operator;

	private final JobRepository repository;

	private final Clock clock;

	public NightHistory(JobOperator operator, JobRepository repository, Clock clock) {
		this.operator = operator;
		this.repository = repository;
		this.clock = clock;
	}

	/**
	 * Marks as failed what a killed process left as running, so that it can be restarted.
	 * To be called once, before anything else.
	 */
	public void recover() {
		for (JobInstance instance : instances(INSTANCES).toList()) {
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

	/** The newest run of a job that was killed or stopped, at most a day old. */
	public Optional<Night> interrupted(JobName job) {
		Instant oldest = clock.instant().minus(RESUMABLE);
		return newest(lastExecutions(INSTANCES).filter(NightHistory::wasInterrupted), job)
			.filter(night -> night.scheduledFor().isAfter(oldest));
	}

	/**
	 * A run that was stopped is not gone on with: that is what whoever stopped it wants.
	 */
	public void giveUp(Night night) {
		JOBS.stream()
			.map(kind -> repository.getLastJobExecution(kind, NightParameters.of(night)))
			.flatMap(Stream::ofNullable)
			.filter(NightHistory::wasInterrupted)
			.forEach(execution -> {
				execution.setExitStatus(GIVEN_UP);
				repository.update(execution);
			});
	}

	/** The newest run of a job, however it ended; empty if none is remembered. */
	public Optional<Night> newest(JobName job) {
		return newest(lastExecutions(REMEMBERED), job);
	}

	private Stream<JobExecution> lastExecutions(int instances) {
		return instances(instances).map(repository::getLastJobExecution).flatMap(Stream::ofNullable);
	}

	/**
	 * @param most of each kind of job
	 */
	private Stream<JobInstance> instances(int most) {
		return JOBS.stream().flatMap(kind -> repository.getJobInstances(kind, 0, most).stream());
	}

	private static Optional<Night> newest(Stream<JobExecution> executions, JobName job) {
		return executions.map(execution -> NightParameters.night(execution.getJobParameters()))
			.filter(night -> night.job().equals(job))
			.max(Comparator.comparing(Night::scheduledFor));
	}

	private static boolean wasInterrupted(JobExecution execution) {
		boolean stopped = execution.getStatus() == BatchStatus.STOPPED
				&& !execution.getExitStatus().getExitCode().equals(GIVEN_UP.getExitCode());
		return stopped || execution.getExitStatus().getExitCode().equals(KILLED.getExitCode());
	}

}
