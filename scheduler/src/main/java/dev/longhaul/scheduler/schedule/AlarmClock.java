package dev.longhaul.scheduler.serve;

import java.time.Instant;
import java.util.Date;
import java.util.Properties;

import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.schedule.Due;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Wakes the server when a run is due. One run at a time: others wait for their turn, in
 * the order in which they came due.
 */
final class AlarmClock implements AutoCloseable {

	private static final String SCHEDULED_FOR = "scheduledFor";

	/** Of runs that are due by the clock; one per job. */
	private static final String BY_THE_CLOCK = "by-the-clock";

	/** Of runs that are due at once; one per job. */
	private static final String AT_ONCE = "at-once";

	private final Scheduler scheduler;

	private final JobDetail wake = JobBuilder.newJob(Wake.class).withIdentity("wake").storeDurably().build();

	private AlarmClock(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	static AlarmClock create() {
		Properties properties = new Properties();
		properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "longhaul");
		properties.setProperty(StdSchedulerFactory.PROP_THREAD_POOL_PREFIX + ".threadCount", "1");
		properties.setProperty(StdSchedulerFactory.PROP_THREAD_POOL_PREFIX + ".threadNamePrefix", "run");
		try {
			Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
			AlarmClock clock = new AlarmClock(scheduler);
			scheduler.addJob(clock.wake, true);
			return clock;
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Nobody is woken before.
	 * @param sleeper is woken on a thread of its own
	 */
	void start(Sleeper sleeper) {
		try {
			scheduler.setJobFactory((fired, any) -> new Wake(sleeper));
			scheduler.start();
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Instead of what was set for the job before. */
	void set(JobName job, Due due) {
		set(new TriggerKey(job.value(), BY_THE_CLOCK), due.scheduledFor(), due.start());
	}

	/** Besides what is set for the job. */
	void wakeNow(JobName job, Instant scheduledFor) {
		set(new TriggerKey(job.value(), AT_ONCE), scheduledFor, scheduledFor);
	}

	private void set(TriggerKey key, Instant scheduledFor, Instant start) {
		Trigger trigger = TriggerBuilder.newTrigger()
			.withIdentity(key)
			.forJob(wake)
			.usingJobData(SCHEDULED_FOR, scheduledFor.toString())
			.startAt(Date.from(start))
			.withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
			.build();
		try {
			if (scheduler.rescheduleJob(key, trigger) == null) {
				scheduler.scheduleJob(trigger);
			}
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Nothing is set for the job any more. */
	void forget(JobName job) {
		try {
			scheduler.unscheduleJob(new TriggerKey(job.value(), BY_THE_CLOCK));
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Waits for a run that is under way. */
	@Override
	public void close() {
		try {
			scheduler.shutdown(true);
		}
		catch (SchedulerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Who is woken. */
	interface Sleeper {

		/** Returns when the run is over, and does not throw. */
		void wake(JobName job, Instant scheduledFor);

	}

	private record Wake(Sleeper sleeper) implements Job {

		@Override
		public void execute(JobExecutionContext context) {
			sleeper.wake(new JobName(context.getTrigger().getKey().getName()),
					Instant.parse(context.getMergedJobDataMap().getString(SCHEDULED_FOR)));
		}

	}

}
