package dev.longhaul.scheduler.schedule;

import dev.longhaul.scheduler.schedule.Alarm.Sleeper;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * What Quartz runs. Its class stands in the database under this name.
 */
@DisallowConcurrentExecution
record Wake(Sleeper sleeper) implements Job {

	@Override
	public void execute(JobExecutionContext context) {
		sleeper.wake(AlarmClock.order(context.getTrigger()));
	}

}
