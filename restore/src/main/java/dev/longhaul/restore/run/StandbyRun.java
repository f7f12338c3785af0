package dev.longhaul.restore.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.bucket.SourceBucket;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.plan.StepKind;

/**
 * Volumes of a plan that stand by: Longhorn brings them to each newer backup of the
 * bucket, proven or not, until they are activated. Nothing can use them before, and no
 * claim is made. Like a {@link RestoreRun} it may be killed at any moment, and done
 * again.
 */
public final class StandbyRun {

	private final RestorePlan plan;

	private final Mark mark;

	private final VolumeCluster longhorn;

	private final RestoreCluster cluster;

	private final RestoreSettings settings;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	public StandbyRun(RestorePlan plan, VolumeCluster longhorn, RestoreCluster cluster, RestoreSettings settings,
			RestoreListener listener, Clock clock, Pause pause) {
		this.plan = plan;
		this.mark = Mark.of(plan);
		this.longhorn = longhorn;
		this.cluster = cluster;
		this.settings = settings;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Makes the volumes, and waits until each has all of a backup.
	 * @return one of each volume
	 * @throws LonghaulException if nothing, or nothing more, could be begun
	 */
	public List<VolumeOutcome> follow() {
		begin(StepKind.PREFLIGHT);
		Preflight.Ready ready = new Preflight(plan, longhorn, cluster, Purpose.FOLLOW).check(settings.skipConflicts());
		List<VolumeOutcome> outcomes = new ArrayList<>(ready.skipped());
		if (!ready.volumes().isEmpty()) {
			outcomes.addAll(followHeld(ready).values());
		}
		return outcomes;
	}

	private Map<PlannedVolume, VolumeOutcome> followHeld(Preflight.Ready ready) {
		SourceBucket.Hold hold = settings.bucket()
			.hold(ready.volumes().stream().map(PlannedVolume::source).toList(), listener::noted);
		try {
			begin(StepKind.BACKUP_TARGET);
			Map<BackupName, Backup> backups = new TargetStep(plan, longhorn, cluster, settings, clock, pause)
				.backupsOf(ready.volumes());
			hold.await();
			begin(StepKind.VOLUMES);
			return new VolumeRestores(mark, Purpose.FOLLOW, cluster, backups, ready.nodes(), settings,
					RestoreJournal.UNKEPT, listener, clock)
				.restore(ready.volumes(), ready.atOnce(), pause);
		}
		finally {
			hold.close();
		}
	}

	private void begin(StepKind kind) {
		plan.steps().stream().filter(step -> step.kind() == kind).findFirst().ifPresent(listener::began);
	}

	/**
	 * Asks Longhorn to make the volumes what can be used, all or none. They are this
	 * plan's from then on, whichever plan they were made by: a {@link RestoreRun} of it
	 * waits for them and offers them to their claims.
	 * @throws RefusedRequest if one of them does not stand by for the volume of the plan
	 */
	public void activate() {
		List<RestoredVolume> standing = new ArrayList<>();
		for (PlannedVolume planned : plan.volumes()) {
			RestoredVolume found = cluster.findVolume(planned.name()).orElseThrow(() -> none(planned));
			if (found.standby()) {
				requireUsable(planned, found);
				standing.add(found);
			}
			else if (!mark.isOn(found)) {
				throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
						"volume '%s' does not stand by".formatted(found.name()),
						"'longhaul restore standby list' shows those that do");
			}
		}
		for (RestoredVolume standby : standing) {
			cluster.activate(standby, mark.label());
			listener.noted("volume '%s' follows no more; it had backup '%s', and gets what is newer"
				.formatted(standby.name(), standby.lastRestored()));
		}
	}

	private static void requireUsable(PlannedVolume planned, RestoredVolume found) {
		if (found.source().filter(planned.source()::equals).isEmpty()) {
			throw new RefusedRequest(FailureCode.RESTORE_CONFLICT,
					"volume '%s' stands by for '%s', and the plan's is of volume '%s'".formatted(found.name(),
							found.backupUrl(), planned.source()),
					"look at the plan: it may be of another bucket, or of another application");
		}
		if (!found.isFollowing()) {
			throw new RefusedRequest(FailureCode.RESTORE_FAILED,
					"volume '%s' stands by, and has nothing yet%s".formatted(found.name(),
							found.failure().isEmpty() ? "" : ": " + found.failure()),
					"'longhaul restore standby make' waits for it, and asks again for what failed");
		}
	}

	private static RefusedRequest none(PlannedVolume planned) {
		return new RefusedRequest(FailureCode.RESTORE_CONFLICT,
				"there is no volume '%s', so none stands by under that name".formatted(planned.name()),
				"'longhaul restore standby list' shows those that do; 'longhaul restore run' restores without one");
	}

}
