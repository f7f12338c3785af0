package dev.longhaul.scheduler.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

import javax.sql.DataSource;

import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunOrder;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Quartz. Each of our jobs is a job of its own there, so that one waits for itself and
 * several run at once; each alarm is a trigger that fires once, in a group by its cause.
 * When it fires is ours to say, and so is what becomes of an alarm that is late.
 */
public final class AlarmClock implements Alarm, AutoCloseable {

	private static final String SCHEDULED_FOR = "scheduledFor";

	private static final String CAUSE = "cause";

	private static final String CAUSED_BY = "causedBy";

	private static final String RUN = "run";

	private static final String BY_THE_CLOCK = "by-the-clock";

	private static final String AFTER_ANOTHER = "after-another";

	private static final String GONE_ON_WITH = "gone-on-with";

	private static final String BY_HAND = "by-hand";

	private final Scheduler scheduler;

	private final Clock clock;

	private AlarmClock(Scheduler scheduler, Clock clock) {
		this.scheduler = scheduler;
		this.clock = clock;
	}

	/**
	 * @param database with Quartz' tables
	 * @param atOnce how many runs are under way at most
	 */
	public static AlarmClock open(DataSource database, int atOnce, Clock clock) {
		try {
			return new AlarmClock(AlarmStore.scheduler(database, atOnce), clock);
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void start(Sleeper sleeper) {
		quartz(() -> {
			scheduler.setJobFactory((fired, any) -> new Wake(sleeper));
			scheduler.start();
			return true;
		});
	}

	@Override
	public void set(RunOrder order, Instant start) {
		Instant now = clock.instant();
		TriggerKey key = key(order);
		JobDetail job = JobBuilder.newJob(Wake.class).withIdentity(order.job().value()).build();
		Trigger trigger = TriggerBuilder.newTrigger()
			.withIdentity(key)
			.forJob(job)
			.usingJobData(data(order))
			.startAt(Date.from(start.isBefore(now) ? now : start))
			.withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
			.build();
		quartz(() -> {
			if (scheduler.rescheduleJob(key, trigger) == null) {
				if (scheduler.checkExists(job.getKey())) {
					scheduler.scheduleJob(trigger);
				}
				else {
					scheduler.scheduleJob(job, trigger);
				}
			}
			return true;
		});
	}

	private static JobDataMap data(RunOrder order) {
		JobDataMap data = new JobDataMap();
		data.put(SCHEDULED_FOR, order.scheduledFor().toString());
		data.put(CAUSE, order.cause().word());
		String by = order.cause().by();
		if (by != null) {
			data.put(CAUSED_BY, by);
		}
		if (order.run() != null) {
			data.put(RUN, order.run().value());
		}
		return data;
	}

	static RunOrder order(Trigger fired) {
		JobDataMap data = fired.getJobDataMap();
		String run = data.getString(RUN);
		return new RunOrder(new JobName(fired.getKey().getName()), Instant.parse(data.getString(SCHEDULED_FOR)),
				RunCause.of(data.getString(CAUSE), data.getString(CAUSED_BY)), (run != null) ? new RunId(run) : null);
	}

	private static TriggerKey key(RunOrder order) {
		return new TriggerKey(order.job().value(), group(order.cause()));
	}

	private static String group(RunCause cause) {
		if (cause instanceof RunCause.After) {
			return AFTER_ANOTHER;
		}
		if (cause instanceof RunCause.ByHand) {
			return BY_HAND;
		}
		return (cause instanceof RunCause.Recovered) ? GONE_ON_WITH : BY_THE_CLOCK;
	}

	@Override
	public void forgetClock(JobName job) {
		quartz(() -> scheduler.unscheduleJob(new TriggerKey(job.value(), BY_THE_CLOCK)));
	}

	@Override
	public void forget(JobName job) {
		forgetClock(job);
		quartz(() -> scheduler.unscheduleJob(new TriggerKey(job.value(), AFTER_ANOTHER)));
	}

	@Override
	public void forgetAllBut(Set<JobName> jobs) {
		Set<TriggerKey> keys = quartz(() -> scheduler.getTriggerKeys(GroupMatcher.anyGroup()));
		keys.stream().map(key -> new JobName(key.getName())).filter(job -> !jobs.contains(job)).forEach(this::forget);
	}

	@Override
	public void takeBack(RunOrder order) {
		quartz(() -> scheduler.unscheduleJob(key(order)));
	}

	/** Waits for runs that are under way. */
	@Override
	public void close() {
		quartz(() -> {
			scheduler.shutdown(true);
			return true;
		});
	}

	private static <T> T quartz(Call<T> call) {
		try {
			return call.ask();
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Call<T> {

		T ask() throws SchedulerException;

	}

}
