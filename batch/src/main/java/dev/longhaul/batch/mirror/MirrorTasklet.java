package dev.longhaul.batch.mirror;

import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.MirrorListener;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.VolumeName;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Copies whatever the destination does not have. A restart looks what is there and goes
 * on. A source that is damaged fails the run, after everything healthy was copied.
 */
final class MirrorTasklet implements Tasklet {

	private final MirrorOrder order;

	private final MirroredVolumes volumes;

	private final Mirror mirror;

	private final MirrorRecords records;

	private final Perseverance perseverance;

	private final StopSignal stop;

	private final MirrorRunListener listener;

	MirrorTasklet(MirrorOrder order, MirroredVolumes volumes, Mirror mirror, MirrorRecords records,
			Perseverance perseverance, StopSignal stop, MirrorRunListener listener) {
		this.order = order;
		this.volumes = volumes;
		this.mirror = mirror;
		this.records = records;
		this.perseverance = perseverance;
		this.stop = stop;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		Night run = NightParameters.night(execution.getJobParameters());
		listener.on(new MirrorEvent.Begun(run, order.from().name(), order.to().name()));
		MirrorReport report = copy(run);
		records.done(run, report);
		listener.on(new MirrorEvent.Mirrored(report));
		if (report.status() != ExitStatus.PROVEN) {
			execution.setStatus(BatchStatus.FAILED);
		}
		return RepeatStatus.FINISHED;
	}

	private MirrorReport copy(Night run) {
		try {
			return perseverance.ask("copying " + order.from().name(), () -> stop.interruptibly(this::copy));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			record(run, ex);
			throw ex;
		}
	}

	/** What led here is what is reported. */
	private void record(Night run, LonghaulException failure) {
		try {
			records.failed(run, failure);
		}
		catch (LonghaulException ex) {
			listener.on(new MirrorEvent.Warned("that it failed could not be recorded: " + ex.fact()));
		}
	}

	private MirrorReport copy() {
		return mirror.run(volumes.of(order.applications()), new MirrorListener() {
			@Override
			public void waiting(VolumeName volume, String what) {
				listener.on(new MirrorEvent.Waiting(volume, what));
			}
		});
	}

}
