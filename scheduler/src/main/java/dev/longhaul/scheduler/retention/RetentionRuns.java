package dev.longhaul.scheduler.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunOrder;
import dev.longhaul.scheduler.run.RunRecord;

/**
 * Has approved plans carried out, one at a time, each by a run that is recorded, watched
 * and cancelled like any other.
 */
public final class RetentionRuns implements AutoCloseable {

	/** What such runs go by. No job of Git: what was approved is carried out once. */
	public static final JobName JOB = new JobName("retention-by-hand");

	/** To write one record. */
	private static final Duration BEGIN = Duration.ofSeconds(30);

	/** What is under way when the program ends has been told to stop before. */
	private static final Duration END = Duration.ofSeconds(30);

	private final RunFloor floor;

	private final RetentionPlans plans;

	private final RetentionWork.Remover remover;

	private final Supplier<InForce> inForce;

	private final Clock clock;

	private final ExecutorService thread = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
			work -> new Thread(work, "retention"));

	/**
	 * @param remover carries out one plan
	 */
	public RetentionRuns(RunFloor floor, RetentionPlans plans, RetentionWork.Remover remover, Supplier<InForce> inForce,
			Clock clock) {
		this.floor = floor;
		this.plans = plans;
		this.remover = remover;
		this.inForce = inForce;
		this.clock = clock;
	}

	/**
	 * Begins to carry out exactly the plan with that hash.
	 * @param hash of a plan that was made here and looked at
	 * @param who for people
	 * @return the record of the run, which is under way
	 * @throws RefusedRequest if no such plan was made, it is no longer what the bucket
	 * gives, or another one is being carried out
	 */
	public RunRecord start(String hash, String who) {
		ApplicationName application = plans.find(hash)
			.map(made -> made.plan().application())
			.orElseThrow(() -> unknown(hash));
		plans.plan(application, hash).approve(hash);
		RunOrder order = new RunOrder(JOB, clock.instant().truncatedTo(ChronoUnit.MILLIS), new RunCause.ByHand(who));
		CompletableFuture<RunRecord> begun = new CompletableFuture<>();
		RetentionWork work = new RetentionWork(application, hash, remover, begun);
		try {
			thread.execute(() -> {
				floor.carryOut(order, null, inForce.get().revision().id(), work);
				begun.completeExceptionally(new IllegalStateException("the run did not begin"));
			});
		}
		catch (RejectedExecutionException ex) {
			throw new RefusedRequest(FailureCode.ALREADY_RUNNING, "another retention plan is being carried out",
					"wait for the run of '%s' to end, or cancel it".formatted(JOB), ex);
		}
		return await(begun);
	}

	/** For whoever asks for a plan that is none. */
	public static RefusedRequest unknown(String hash) {
		return new RefusedRequest(FailureCode.NOT_FOUND, "no retention plan '%s' was made".formatted(hash),
				"POST /api/v1/retention/plans makes them; they are forgotten when newer ones are made and when the server "
						+ "ends");
	}

	private static RunRecord await(CompletableFuture<RunRecord> begun) {
		try {
			return begun.get(BEGIN.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "a run begins");
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new OutcomeUnknown(FailureCode.TIMED_OUT, "it is not known whether the run has begun",
					"look at the runs of '%s' before trying again".formatted(JOB), ex);
		}
	}

	@Override
	public void close() {
		thread.shutdown();
		try {
			thread.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
