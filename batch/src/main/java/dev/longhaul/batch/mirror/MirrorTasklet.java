package dev.longhaul.batch.mirror;

import dev.longhaul.backupstore.mirror.Mirror;
import dev.longhaul.backupstore.mirror.MirrorListener;
import dev.longhaul.backupstore.mirror.MirrorReport;
import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.backup.Perseverance;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
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

	private final Perseverance perseverance;

	private final StopSignal stop;

	private final MirrorRunListener listener;

	MirrorTasklet(MirrorOrder order, MirroredVolumes volumes, Mirror mirror, Perseverance perseverance, StopSignal stop,
			MirrorRunListener listener) {
		this.order = order;
		this.volumes = volumes;
		this.mirror = mirror;
		this.perseverance = perseverance;
		this.stop = stop;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		listener.on(new MirrorEvent.Begun(NightParameters.night(execution.getJobParameters()), order.from().name(),
				order.to().name()));
		MirrorReport report = perseverance.ask("copying " + order.from().name(), () -> stop.interruptibly(this::copy));
		listener.on(new MirrorEvent.Mirrored(report));
		if (report.status() != ExitStatus.PROVEN) {
			execution.setStatus(BatchStatus.FAILED);
		}
		return RepeatStatus.FINISHED;
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
