package dev.longhaul.batch.verify;

import java.time.Clock;
import java.util.List;

import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Proof;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads back the restore points of one application. It completes with whatever that has
 * shown, so that a restart reads only what was not yet read.
 */
final class ReadPointsTasklet implements Tasklet {

	private final ApplicationName application;

	private final EarlierPoints points;

	private final PointReading reading;

	private final StopSignal stop;

	private final Clock clock;

	private final VerifyListener listener;

	ReadPointsTasklet(ApplicationName application, EarlierPoints points, PointReading reading, StopSignal stop,
			Clock clock, VerifyListener listener) {
		this.application = application;
		this.points = points;
		this.reading = reading;
		this.stop = stop;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		List<EarlierPoint> chosen = points.of(application);
		if (chosen.isEmpty()) {
			listener.on(new VerifyEvent.Warned("no restore point of '%s' is there to be read".formatted(application)));
		}
		List<Reading> readings = read(chosen);
		KeptReadings.write(execution, NightParameters.night(execution.getJobParameters()), clock.instant(), readings);
		readings.forEach(found -> listener.on(new VerifyEvent.Read(found)));
		return RepeatStatus.FINISHED;
	}

	private List<Reading> read(List<EarlierPoint> chosen) {
		try {
			return stop.interruptibly(() -> reading.read(chosen));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			Proof unread = new Proof.Unread("%s: %s".formatted(ex.code(), ex.fact()));
			return chosen.stream().map(point -> point.reading(unread)).toList();
		}
	}

}
