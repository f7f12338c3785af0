package dev.longhaul.batch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.batch.backup.VolumeChecks.ClaimedVolume;
import dev.longhaul.core.application.Application;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.Membership;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupWitness;
import dev.longhaul.core.backup.BackupWitness.Manifest;
import dev.longhaul.core.cluster.BackupRequest;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Objection;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.profile.QuietPlan;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunLabels;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Original;

/**
 * Makes tonight's restore point of one application. Begun anew after a crash, it finds
 * what it made by its name and goes on from there.
 */
final class ApplicationBackup {

	private final VolumeCluster cluster;

	private final BackupWitness witness;

	private final TargetBackups target;

	private final NightOrder order;

	private final Perseverance perseverance;

	private final QuietSnapshots snapshots;

	private final BackupRound backups;

	private final Originals originals;

	private final HistoryGuard guard;

	private final Clock clock;

	private final NightListener listener;

	ApplicationBackup(VolumeCluster cluster, BackupWitness witness, TargetBackups target, NightOrder order,
			Perseverance perseverance, QuietSnapshots snapshots, BackupRound backups, Originals originals,
			HistoryGuard guard, Clock clock, NightListener listener) {
		this.cluster = cluster;
		this.witness = witness;
		this.target = target;
		this.order = order;
		this.perseverance = perseverance;
		this.snapshots = snapshots;
		this.backups = backups;
		this.originals = originals;
		this.guard = guard;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * @throws dev.longhaul.core.failure.LonghaulException if there is no restore point
	 * tonight, with the reason
	 */
	NightEvent.BackedUp run(Night night, ApplicationDefinition application) {
		List<ClaimedVolume> fit = fitVolumes(application);
		guard.requireSame(night, application.name(), fit);
		Map<ClaimRef, Original> known = originals.of(fit);
		List<PlannedVolume> volumes = plan(night, application.name(), fit);
		List<PlannedVolume> begun = volumes.stream().filter(this::isBegun).toList();
		List<PlannedVolume> fresh = volumes.stream().filter(volume -> !begun.contains(volume)).toList();

		Instant start = clock.instant();
		QuietSnapshots.Taken taken = snapshots.take(night, application.name(), quietPlan(application, volumes.size()),
				begun, fresh);
		listener.on(new NightEvent.SnapshotsReady(application.name(), volumes.size(),
				Duration.between(start, clock.instant()), taken.quietFor()));

		backups.make(application.name(), begun, requests(night, application.name(), taken.of(fresh), taken));
		NightEvent.BackedUp backedUp = collect(night, application, taken.of(volumes), known);
		listener.on(backedUp);
		return backedUp;
	}

	private static QuietPlan quietPlan(ApplicationDefinition application, int volumes) {
		Profile profile = application.profile();
		return (profile != null) ? QuietPlan.of(profile, volumes) : QuietPlan.NOTHING;
	}

	private static List<PlannedVolume> plan(Night night, ApplicationName application, List<ClaimedVolume> volumes) {
		return volumes.stream()
			.map(volume -> PlannedVolume.of(night, application, volume.claim(), volume.volume().name()))
			.toList();
	}

	private List<ClaimedVolume> fitVolumes(ApplicationDefinition definition) {
		Application application = membersOf(definition);
		VolumeChecks checks = new VolumeChecks(order, target::lastBackupAt);
		VolumeChecks.Fitness fitness = perseverance.ask("looking at the volumes of " + application.name(),
				() -> checks.examine(application, cluster.volumes()));
		if (fitness instanceof VolumeChecks.Fit fit) {
			fit.warnings().forEach(warning -> listener.on(new NightEvent.Warned(application.name() + ": " + warning)));
			return fit.volumes();
		}
		throw unfit(((VolumeChecks.Unfit) fitness).reason());
	}

	/** Labels are looked up now: what is declared may have grown since last night. */
	private Application membersOf(ApplicationDefinition definition) {
		List<Claim> claims = definition.labelledNamespaces()
			.stream()
			.flatMap(namespace -> perseverance
				.ask("looking at the claims of " + namespace, () -> cluster.claims(namespace))
				.stream())
			.toList();
		List<ApplicationDefinition> others = order.applications()
			.stream()
			.filter(other -> !other.name().equals(definition.name()))
			.toList();
		Membership membership = Membership.of(definition, others, claims);
		if (membership instanceof Membership.Settled settled) {
			return settled.application();
		}
		throw unfit(((Membership.Unsettled) membership).reason());
	}

	private static RefusedRequest unfit(String reason) {
		return new RefusedRequest(FailureCode.PREFLIGHT_FAILED, reason,
				"correct the application or its volumes; nothing of it was begun tonight");
	}

	/**
	 * Whether the backup was asked for by an earlier start of this night. Its snapshot is
	 * not needed any more then, and Longhorn may have removed it.
	 */
	private boolean isBegun(PlannedVolume volume) {
		return perseverance.ask("looking for the backup of " + volume.volume(),
				() -> cluster.findBackup(volume.backup()).isPresent()
						|| witness.observe(volume.volume(), volume.backup()).manifest() == Manifest.FINISHED);
	}

	private Map<PlannedVolume, BackupRequest> requests(Night night, ApplicationName application,
			List<PlannedVolume> volumes, QuietSnapshots.Taken taken) {
		Map<PlannedVolume, BackupRequest> requests = new LinkedHashMap<>();
		for (PlannedVolume volume : volumes) {
			Instant snapshotAt = Optional.ofNullable(taken.times().get(volume)).orElseThrow();
			requests.put(volume,
					new BackupRequest(volume.backup(), volume.volume(), volume.snapshot(), order.target().name(),
							RunLabels.ofBackup(night, application, volume.claim(), snapshotAt, taken.quiet())));
		}
		return requests;
	}

	/**
	 * From the bucket: the cluster's resources may be gone by now, and an earlier start
	 * of this night may have made them.
	 */
	private NightEvent.BackedUp collect(Night night, ApplicationDefinition application, List<PlannedVolume> volumes,
			Map<ClaimRef, Original> known) {
		List<VolumeBackup> made = new ArrayList<>();
		List<Objection> objections = new ArrayList<>();
		ByteSize uploaded = ByteSize.ZERO;
		QuietWindow quiet = null;
		for (PlannedVolume volume : volumes) {
			TargetBackups.Stored stored = perseverance.ask("reading the manifest of " + volume.backup(),
					() -> target.read(volume.volume(), volume.backup()));
			BackupManifest manifest = stored.manifest();
			HistoryGuard.Examined examined = guard
				.examine(
						night, application.name(), new VolumeBackup(volume.claim(), volume.volume(), volume.snapshot(),
								snapshotAt(manifest), volume.backup(), manifest.size(), known.get(volume.claim())),
						stored);
			made.add(examined.backup());
			objections.addAll(examined.objections());
			uploaded = uploaded.plus(manifest.uploaded());
			quiet = RunLabels.quiet(manifest.labels()).orElse(quiet);
		}
		HistoryGuard.requireNone(objections);
		RestorePoint point = new RestorePoint(application.name(), application.declared(), quiet, made);
		return new NightEvent.BackedUp(new RoomForObjects(listener).fit(point), uploaded);
	}

	/** A finished manifest always has the last of the three. */
	private static Instant snapshotAt(BackupManifest manifest) {
		return RunLabels.snapshotAt(manifest.labels())
			.or(() -> Optional.ofNullable(manifest.snapshotCreatedAt()))
			.or(() -> Optional.ofNullable(manifest.createdAt()))
			.orElseThrow();
	}

}
