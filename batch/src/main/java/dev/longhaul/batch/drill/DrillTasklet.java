package dev.longhaul.batch.drill;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import dev.longhaul.batch.backup.NightParameters;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.choice.BucketContents;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.drill.Drill;
import dev.longhaul.restore.drill.DrillPlan;
import dev.longhaul.restore.drill.DrillReport;
import dev.longhaul.restore.drill.ThrowAwayRemoval;
import dev.longhaul.restore.run.RestoreJournal;
import dev.longhaul.restore.run.RestoreRun;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Rehearses one application at each call, so that a restart goes on with the one that was
 * under way. One that does not start fails the run, after all others had their turn.
 */
final class DrillTasklet implements Tasklet {

	/** How many applications have had their turn. */
	private static final String DONE = "drill.done";

	/** How many of them did not start. */
	private static final String UNWELL = "drill.unwell";

	/** What is assumed of a line; nobody reads the estimate. */
	private static final int MEGABITS = 100;

	private final DrillOrder order;

	private final StopSignal stop;

	private final Pause pause;

	private final Clock clock;

	private final StartRecords records;

	private final DrillRunListener listener;

	private boolean begun;

	DrillTasklet(DrillOrder order, StartRecords records, StopSignal stop, Pause pause, Clock clock,
			DrillRunListener listener) {
		this.order = order;
		this.records = records;
		this.stop = stop;
		this.pause = pause;
		this.clock = clock;
		this.listener = listener;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
		StepExecution execution = contribution.getStepExecution();
		ExecutionContext kept = execution.getExecutionContext();
		Night run = NightParameters.night(execution.getJobParameters());
		int done = kept.getInt(DONE, 0);
		if (!begun) {
			begun = true;
			listener.on(new DrillEvent.Begun(run, order.applications().size()));
			sweep();
		}
		List<ApplicationName> applications = order.applications();
		if (done < applications.size() && !isStarted(run, applications.get(done))) {
			kept.putInt(UNWELL, kept.getInt(UNWELL, 0) + 1);
		}
		kept.putInt(DONE, done + 1);
		if (done + 1 < applications.size()) {
			return RepeatStatus.CONTINUABLE;
		}
		if (kept.getInt(UNWELL, 0) > 0) {
			execution.setStatus(BatchStatus.FAILED);
		}
		return RepeatStatus.FINISHED;
	}

	/** No other drill of this server is under way. */
	private void sweep() {
		stop.interruptibly(() -> {
			removal().removeAll().forEach(left -> listener.on(new DrillEvent.Swept(left.namespace())));
			return true;
		});
	}

	private boolean isStarted(Night run, ApplicationName application) {
		listener.on(new DrillEvent.Rehearsing(application));
		Rehearsed rehearsed;
		try {
			rehearsed = stop.interruptibly(() -> rehearse(application));
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			listener.on(new DrillEvent.Refused(application, ex));
			return false;
		}
		DrillReport report = rehearsed.report();
		Night night = report.plan().night();
		if (night != null) {
			records.add(run, night, rehearsed.manifestHash(), report);
		}
		listener.on(new DrillEvent.Rehearsed(report));
		return report.isStarted() && report.remains() == null;
	}

	/**
	 * @param manifestHash empty if only Longhorn knows of the restore point
	 */
	private record Rehearsed(DrillReport report, String manifestHash) {
	}

	private Rehearsed rehearse(ApplicationName application) {
		BucketContents contents = order.bucket().contents();
		DrillPlan plan = DrillPlan.of(Choice.of(contents, new Wanted(Set.of(application), null, null)), order.target(),
				MEGABITS, order.budget());
		return new Rehearsed(rehearse(plan), hash(contents, plan.night()));
	}

	private static String hash(BucketContents contents, @Nullable Night night) {
		return contents.recorded()
			.runs()
			.stream()
			.filter(recorded -> recorded.night().equals(night))
			.map(recorded -> recorded.manifest().hash())
			.findFirst()
			.orElse("");
	}

	private DrillReport rehearse(DrillPlan plan) {
		ToldRestore told = new ToldRestore(listener);
		RestoreRun volumes = new RestoreRun(plan.restore(), order.place().longhorn(), order.place().restores(),
				order.settings(), RestoreJournal.UNKEPT, told, clock, pause);
		return new Drill(plan, volumes, order.place().ports(), order.budget().start(), removal(), told, clock, pause)
			.run();
	}

	/** It goes on when the run is told to stop: nobody else would remove it soon. */
	private ThrowAwayRemoval removal() {
		return new ThrowAwayRemoval(order.place().ports().places(), clock, Pause.real());
	}

}
