package dev.longhaul.scheduler.retention;

import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.retention.BackupstoreRemovalWitness;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.Removal;
import dev.longhaul.core.removal.RemovalReport;
import dev.longhaul.core.retention.ApprovedRetention;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.time.Pause;
import dev.longhaul.scheduler.run.RunLine.Level;
import dev.longhaul.scheduler.run.RunningRun;
import dev.longhaul.scheduler.run.Turns;

/**
 * Has Longhorn delete what an approved plan lets go. It takes turns with nights of the
 * same application, which may thin the same restore points.
 */
public final class LonghornRemover implements RetentionWork.Remover {

	private final RetentionPlans plans;

	private final DeclaredRetention declared;

	private final VolumeCluster cluster;

	private final StreamingStore store;

	private final BackupstoreLayout layout;

	private final TargetUrl target;

	private final Turns turns;

	private final Clock clock;

	public LonghornRemover(RetentionPlans plans, DeclaredRetention declared, VolumeCluster cluster,
			StreamingStore store, BackupstoreLayout layout, TargetUrl target, Turns turns, Clock clock) {
		this.plans = plans;
		this.declared = declared;
		this.cluster = cluster;
		this.store = store;
		this.layout = layout;
		this.target = target;
		this.turns = turns;
		this.clock = clock;
	}

	@Override
	public RemovalReport remove(ApplicationName application, String hash, RunningRun run, Consumer<PointRemoval> each) {
		return turns.during(run.begun().id(), Set.of("application '%s'".formatted(application)), run.stop(),
				waiting -> run.say(Level.INFO, waiting),
				() -> removal(application, run.stop()).run(approved(application, hash), each));
	}

	private ApprovedRetention approved(ApplicationName application, String hash) {
		return plans.plan(application, hash).approve(hash);
	}

	private Removal removal(ApplicationName application, Pause pause) {
		return new Removal(cluster, target::isNamedBy, new BackupstoreRemovalWitness(store, layout, clock, pause),
				new ExportArchive(store, layout, pause, clock)::remove, night -> declared.pinOf(application, night),
				Removal.USUAL, clock, pause);
	}

}
