package dev.longhaul.scheduler.wiring;

import dev.longhaul.batch.backup.BackupJobConfiguration;
import dev.longhaul.batch.backup.NightListener;
import dev.longhaul.batch.backup.NightOrder;
import dev.longhaul.batch.launch.NightLauncher;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.retention.DeclaredRetention;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The job of one night, wired with what is the server's. The next night may be about
 * other applications.
 */
public final class NightContext implements AutoCloseable {

	private final AnnotationConfigApplicationContext context;

	/**
	 * @param stop of this night, instead of the server's
	 */
	NightContext(ApplicationContext server, NightOrder order, DeclaredRetention retention, NightListener listener,
			StopSignal stop) {
		context = new AnnotationConfigApplicationContext();
		context.setParent(server);
		context.registerBean(StopSignal.class, () -> stop, definition -> definition.setPrimary(true));
		context.registerBean(NightOrder.class, () -> order);
		context.registerBean(DeclaredRetention.class, () -> retention);
		context.registerBean(NightListener.class, () -> listener);
		context.register(BackupJobConfiguration.class);
		context.refresh();
	}

	public NightLauncher launcher() {
		return new NightLauncher(context.getBean(JobOperator.class), context.getBean(Job.class));
	}

	@Override
	public void close() {
		context.close();
	}

}
