package dev.longhaul.scheduler.retention;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.RemovalReport;
import dev.longhaul.scheduler.run.RunFloor;
import dev.longhaul.scheduler.run.RunLine.Level;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.RunningRun;

/**
 * One run that carries out a plan, and says in its log what becomes of each restore
 * point.
 */
public final class RetentionWork implements RunFloor.Work {

	private static final System.Logger LOG = System.getLogger(RetentionWork.class.getName());

	private final ApplicationName application;

	private final String hash;

	private final Remover remover;

	private final CompletableFuture<RunRecord> begun;

	/** Who removes, once it is said what. */
	@FunctionalInterface
	public interface Remover {

		/**
		 * Plans anew, when nobody else works on the application any more, and removes if
		 * that is the plan with that hash.
		 * @param run whose stop signal ends it
		 * @param each told of each restore point as soon as it is decided
		 */
		RemovalReport remove(ApplicationName application, String hash, RunningRun run, Consumer<PointRemoval> each);

	}

	RetentionWork(ApplicationName application, String hash, Remover remover, CompletableFuture<RunRecord> begun) {
		this.application = application;
		this.hash = hash;
		this.remover = remover;
		this.begun = begun;
	}

	@Override
	public NightEnd carryOut(RunningRun run) {
		begun.complete(run.begun());
		run.say(Level.INFO, "carries out retention plan %s of '%s'".formatted(hash, application));
		RemovalReport report = remover.remove(application, hash, run, removal -> say(run, removal));
		run.say(Level.INFO, "%d of %d restore points are removed".formatted(report.removed(), report.points().size()));
		report.blocksStay()
			.forEach((volume, why) -> run.say(Level.WARNING,
					"blocks of volume %s that no backup uses may still be there: %s".formatted(volume, why)));
		return report.isComplete() ? NightEnd.PROVEN : NightEnd.UNPROVEN;
	}

	private static void say(RunningRun run, PointRemoval removal) {
		String night = "  %s".formatted(removal.point().night());
		if (removal.fate() instanceof PointRemoval.Left left) {
			run.say(Level.WARNING, "%s stays: %s".formatted(night, left.why()));
		}
		else if (removal.fate() instanceof PointRemoval.Failed failed) {
			run.say(Level.WARNING, "%s was not removed: %s   [%s]".formatted(night, failed.why(), failed.code()));
		}
		else {
			run.say(Level.INFO, night + " is removed");
		}
	}

	@Override
	public void failed(RunningRun run, Throwable failure) {
		LOG.log(System.Logger.Level.WARNING,
				"retention plan %s of '%s' was not carried out".formatted(hash, application), failure);
	}

}
