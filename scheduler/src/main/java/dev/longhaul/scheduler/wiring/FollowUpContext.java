package dev.longhaul.scheduler.wiring;

import java.util.List;
import java.util.function.Consumer;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.batch.launch.NightLauncher;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The job of one run that follows nights, wired with what is the server's.
 */
public final class FollowUpContext implements AutoCloseable {

	private final AnnotationConfigApplicationContext context;

	private final String lastStep;

	private final List<ObjectStore> stores;

	/**
	 * @param configuration of the job
	 * @param lastStep the name of the step that says what the run has come to
	 * @param stop of this run, instead of the server's
	 * @param order registers what the job is to do
	 * @param stores that are of this run only
	 */
	FollowUpContext(ApplicationContext server, Class<?> configuration, String lastStep, StopSignal stop,
			Consumer<AnnotationConfigApplicationContext> order, List<ObjectStore> stores) {
		this.lastStep = lastStep;
		this.stores = List.copyOf(stores);
		context = new AnnotationConfigApplicationContext();
		context.setParent(server);
		context.registerBean(StopSignal.class, () -> stop, definition -> definition.setPrimary(true));
		order.accept(context);
		context.register(configuration);
		context.refresh();
	}

	/**
	 * Runs it to its end.
	 * @throws Interruption if it was told to stop; the next start goes on with it
	 */
	public NightEnd run(Night run) {
		NightEnd end = new NightLauncher(context.getBean(JobOperator.class), context.getBean(Job.class), lastStep)
			.run(run);
		if (end == NightEnd.STOPPED) {
			throw new Interruption("%s was told to stop".formatted(run));
		}
		return end;
	}

	@Override
	public void close() {
		context.close();
		stores.forEach(ObjectStore::close);
	}

}
