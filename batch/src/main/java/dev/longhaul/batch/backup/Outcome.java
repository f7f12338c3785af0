package dev.longhaul.batch.backup;

import java.util.Optional;

import dev.longhaul.backupstore.catalog.RestorePointJson;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.volume.ByteSize;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What came of one application, as its partition leaves it behind for the later steps and
 * for a restart.
 */
sealed interface Outcome {

	String RESTORE_POINT = "restorePoint";

	String UPLOADED = "uploaded";

	String CODE = "failure.code";

	String FACT = "failure.fact";

	String HINT = "failure.hint";

	/** There is a restore point. */
	record Made(RestorePoint point, ByteSize uploaded) implements Outcome {

		@Override
		public void writeTo(StepExecution execution) {
			ExecutionContext context = execution.getExecutionContext();
			context.putString(RESTORE_POINT, RestorePointJson.write(point));
			context.putLong(UPLOADED, uploaded.bytes());
		}

	}

	/** There is none. */
	record Missed(FailureNote failure) implements Outcome {

		@Override
		public void writeTo(StepExecution execution) {
			ExecutionContext context = execution.getExecutionContext();
			context.putString(CODE, failure.code().name());
			context.putString(FACT, failure.fact());
			context.putString(HINT, failure.hint());
			// A failed partition is begun again by a restart. Throwing would do the same,
			// and fill the log.
			execution.setStatus(BatchStatus.FAILED);
		}

	}

	void writeTo(StepExecution execution);

	/**
	 * @param execution of a partition that has ended
	 */
	static Outcome readFrom(StepExecution execution) {
		ExecutionContext context = execution.getExecutionContext();
		if (execution.getStatus() == BatchStatus.COMPLETED) {
			return new Made(restorePoint(context), new ByteSize(context.getLong(UPLOADED)));
		}
		if (!context.containsKey(CODE)) {
			String description = execution.getExitStatus().getExitDescription();
			return new Missed(new FailureNote(FailureCode.INTERNAL_ERROR,
					"ended in an unforeseen way: " + description.lines().findFirst().orElse("no reason is known"),
					"this is a defect of Longhaul; please report it with the log"));
		}
		return new Missed(failure(context));
	}

	/**
	 * The failure of an earlier start of this night, if trying again is useless: the name
	 * of a backup that failed is never used twice.
	 */
	static Optional<Outcome> settledBefore(StepExecution execution) {
		ExecutionContext context = execution.getExecutionContext();
		return FailureCode.BACKUP_FAILED.name().equals(context.getString(CODE, ""))
				? Optional.of(new Missed(failure(context))) : Optional.empty();
	}

	private static FailureNote failure(ExecutionContext context) {
		return new FailureNote(FailureCode.valueOf(context.getString(CODE)), context.getString(FACT),
				context.getString(HINT));
	}

	private static RestorePoint restorePoint(ExecutionContext context) {
		try {
			return RestorePointJson.read(context.getString(RESTORE_POINT));
		}
		catch (MalformedException ex) {
			throw new IllegalStateException("the job repository does not give back what was put into it", ex);
		}
	}

}
