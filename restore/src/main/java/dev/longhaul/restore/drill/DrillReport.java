package dev.longhaul.restore.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.check.CheckAnswer;
import dev.longhaul.restore.choice.Absence;
import org.jspecify.annotations.Nullable;

/**
 * What came of a drill.
 *
 * @param begunAt when the restore began
 * @param took until its last check was answered, or until it failed; what a person would
 * have waited, without the removal
 * @param started what was started; none if it did not come to that
 * @param answers of its checks
 * @param leftOut what runs in the cluster and was not started, and why
 * @param failure why it did not come to the checks; null if it did
 * @param remains what could not be removed, and why; null if nothing is left
 */
public record DrillReport(DrillPlan plan, Instant begunAt, Duration took, List<Workload> started,
		List<CheckAnswer> answers, List<Absence> leftOut, @Nullable LonghaulException failure,
		@Nullable LonghaulException remains) {

	public DrillReport {
		started = List.copyOf(started);
		answers = List.copyOf(answers);
		leftOut = List.copyOf(leftOut);
	}

	/** Whether it was started, and all that was checked was well. */
	public boolean isStarted() {
		return failure == null && answers.stream().noneMatch(CheckAnswer.Failed.class::isInstance);
	}

	DrillReport withRemains(@Nullable LonghaulException left) {
		return new DrillReport(plan, begunAt, took, started, answers, leftOut, failure, left);
	}

}
