package dev.longhaul.batch.backup;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.batch.stop.StoppableTasklet;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Makes the steps of a job. Each can be told to stop.
 */
public final class Steps {

	private final JobRepository repository;

	private final StopSignal stop;

	public Steps(JobRepository repository, StopSignal stop) {
		this.repository = repository;
		this.stop = stop;
	}

	/** Begun again by a restart, also if it has completed. */
	public Step everyTime(String name, Tasklet work) {
		return new StepBuilder(name, repository).allowStartIfComplete(true)
			.tasklet(new StoppableTasklet(work, stop))
			.build();
	}

	/** Done once and for all when it completes. */
	public Step once(String name, Tasklet work) {
		return new StepBuilder(name, repository).tasklet(new StoppableTasklet(work, stop)).build();
	}

}
