package dev.longhaul.restore.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.time.Pause;
import dev.longhaul.restore.bucket.SourceBucket;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.plan.StepKind;

/**
 * One run of a plan. It may be killed at any moment: another run of the same plan finds
 * by its {@link Mark} what was done, and goes on. A volume that fails leaves the others
 * alone.
 */
public final class RestoreRun {

	private final RestorePlan plan;

	private final Mark mark;

	private final VolumeCluster longhorn;

	private final RestoreCluster cluster;

	private final RestoreSettings settings;

	private final ClaimReplacement replacement;

	private final RestoreJournal journal;

	private final RestoreListener listener;

	private final Clock clock;

	private final Pause pause;

	/** Of a plan that replaces nothing. */
	public RestoreRun(RestorePlan plan, VolumeCluster longhorn, RestoreCluster cluster, RestoreSettings settings,
			RestoreJournal journal, RestoreListener listener, Clock clock, Pause pause) {
		this(plan, longhorn, cluster, settings, ClaimReplacement.NONE, journal, listener, clock, pause);
	}

	public RestoreRun(RestorePlan plan, VolumeCluster longhorn, RestoreCluster cluster, RestoreSettings settings,
			ClaimReplacement replacement, RestoreJournal journal, RestoreListener listener, Clock clock, Pause pause) {
		this.plan = plan;
		this.mark = Mark.of(plan);
		this.longhorn = longhorn;
		this.cluster = cluster;
		this.settings = settings;
		this.replacement = replacement;
		this.journal = journal;
		this.listener = listener;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * @throws LonghaulException if nothing, or nothing more, could be begun; what
	 * happened to a single volume is in the report
	 */
	public RestoreReport run() {
		RestoreReport report = restore(journal.begin(plan.hash(), clock.instant()));
		tellOfTarget();
		return report;
	}

	/**
	 * Makes sure that nothing stands in the way, in a cluster that may have no Longhorn
	 * yet.
	 * @throws RefusedRequest if something does
	 */
	public void requireNoConflict() {
		new Preflight(plan, longhorn, cluster, Purpose.USE).requireNoConflict(settings.skipConflicts());
	}

	/**
	 * As {@link #run}, in a journal that was begun.
	 * @param begunAt when the first run of the plan began
	 */
	public RestoreReport restore(Instant begunAt) {
		begin(StepKind.PREFLIGHT);
		Preflight.Ready ready = new Preflight(plan, longhorn, cluster, Purpose.USE).check(settings.skipConflicts());
		ready.skipped().forEach(skipped -> listener.noted("left as it is: " + skipped.why()));
		Map<PlannedVolume, VolumeOutcome> outcomes = ready.volumes().isEmpty() ? Map.of() : restoreHeld(ready);
		journal.record(clock.instant(), "ended", plan.hash());
		return new RestoreReport(plan, begunAt, clock.instant(), inOrder(outcomes, ready.skipped()));
	}

	/**
	 * To be called at the end: what is restored is backed up again only if Longhorn still
	 * reaches the bucket. Tells what speaks against that, or that nobody knows.
	 */
	public void tellOfTarget() {
		try {
			target().trouble().ifPresent(this::noteTarget);
		}
		catch (TransientFailure | OutcomeUnknown | RefusedRequest ex) {
			noteTarget("whether Longhorn still reaches its backup target is not known: " + ex.fact());
		}
	}

	private void noteTarget(String fact) {
		journal.record(clock.instant(), "backup-target", fact);
		listener.noted(fact);
	}

	private TargetStep target() {
		return new TargetStep(plan, longhorn, cluster, settings, clock, pause);
	}

	/** Nobody deletes what is restored, in whatever cluster. */
	private Map<PlannedVolume, VolumeOutcome> restoreHeld(Preflight.Ready ready) {
		SourceBucket.Hold hold = settings.bucket()
			.hold(ready.volumes().stream().map(PlannedVolume::source).toList(), listener::noted);
		try {
			return restore(ready, hold);
		}
		finally {
			hold.close();
		}
	}

	private Map<PlannedVolume, VolumeOutcome> restore(Preflight.Ready ready, SourceBucket.Hold hold) {
		begin(StepKind.BACKUP_TARGET);
		Map<BackupName, Backup> backups = target().backupsOf(ready.volumes());
		hold.await();
		ClaimStep claims = new ClaimStep(mark, cluster, settings, journal, clock, pause);
		createSurroundings(ready.volumes(), claims);
		begin(StepKind.VOLUMES);
		Map<PlannedVolume, VolumeOutcome> outcomes = new VolumeRestores(mark, Purpose.USE, cluster, backups,
				ready.nodes(), settings, journal, listener, clock)
			.restore(ready.volumes(), ready.atOnce(), pause);
		begin(StepKind.CLAIMS);
		outcomes.replaceAll((volume, outcome) -> attempt(outcome, () -> offer(volume, claims)));
		replaced().values().forEach(volumes -> replace(volumes, outcomes, claims));
		outcomes.forEach((volume, outcome) -> reserve(volume, outcome, claims));
		begin(StepKind.CHECK);
		outcomes.replaceAll((volume, outcome) -> attempt(outcome, () -> check(volume)));
		return outcomes;
	}

	private void createSurroundings(List<PlannedVolume> volumes, ClaimStep claims) {
		List<PlannedClaim> planned = volumes.stream().map(PlannedVolume::claim).filter(Objects::nonNull).toList();
		begin(StepKind.NAMESPACES);
		planned.stream().map(claim -> claim.ref().namespace()).distinct().sorted().forEach(claims::createNamespace);
		begin(StepKind.STORAGE_CLASSES);
		Map<String, JsonObject> classes = new LinkedHashMap<>();
		for (PlannedClaim claim : planned) {
			JsonObject storageClass = claim.storageClassObject();
			if (storageClass != null) {
				classes.putIfAbsent(claim.storageClass(), storageClass);
			}
		}
		classes.values().forEach(claims::createClass);
	}

	private void begin(StepKind kind) {
		plan.steps().stream().filter(step -> step.kind() == kind).findFirst().ifPresent(this::begin);
	}

	private void begin(PlannedStep step) {
		journal.record(clock.instant(), "step", step.kind().word());
		listener.began(step);
	}

	private void offer(PlannedVolume volume, ClaimStep claims) {
		PlannedClaim claim = volume.claim();
		if (claim != null && !claim.replaces()) {
			claims.offer(claim);
		}
	}

	/**
	 * What takes the place of others, by application; also what is left out of this run.
	 */
	private Map<ApplicationName, List<PlannedVolume>> replaced() {
		Map<ApplicationName, List<PlannedVolume>> replaced = new TreeMap<>();
		for (PlannedVolume volume : plan.volumes()) {
			PlannedClaim claim = volume.claim();
			if (claim != null && claim.replaces()) {
				replaced.computeIfAbsent(volume.application(), name -> new ArrayList<>()).add(volume);
			}
		}
		return replaced;
	}

	/** All of an application or nothing: its volumes belong together. */
	private void replace(List<PlannedVolume> volumes, Map<PlannedVolume, VolumeOutcome> outcomes, ClaimStep claims) {
		boolean whole = volumes.stream().allMatch(volume -> outcomes.get(volume) instanceof VolumeOutcome.Restored);
		List<PlannedClaim> planned = volumes.stream().map(PlannedVolume::claim).filter(Objects::nonNull).toList();
		failure(() -> {
			if (!whole) {
				throw incomplete(volumes.get(0));
			}
			planned.forEach(claims::prepare);
			replacement.replace(planned, () -> planned.forEach(claims::offer));
		}).ifPresent(why -> volumes
			.forEach(volume -> outcomes.computeIfPresent(volume, (same, sofar) -> failed(sofar, why))));
	}

	private static RefusedRequest incomplete(PlannedVolume volume) {
		return new RefusedRequest(FailureCode.RESTORE_FAILED,
				"another volume of '%s' could not be restored, so nothing of it was replaced"
					.formatted(volume.application()),
				"the application runs on what it had; another run of the same plan goes on");
	}

	/** What is synced before its volume is there would get a new, empty one. */
	private static void reserve(PlannedVolume volume, VolumeOutcome outcome, ClaimStep claims) {
		PlannedClaim claim = volume.claim();
		if (claim != null && !claim.replaces() && outcome instanceof VolumeOutcome.Failed) {
			claims.reserve(claim);
		}
	}

	private void check(PlannedVolume volume) {
		RestoredVolume found = cluster.findVolume(volume.name()).filter(mark::isOn).orElseThrow(() -> gone(volume));
		if (!found.size().equals(volume.size())) {
			listener.noted("volume '%s' has %s, and the plan says %s: it has grown since its backup was planned"
				.formatted(volume.name(), found.size(), volume.size()));
		}
	}

	private static RefusedRequest gone(PlannedVolume volume) {
		return new RefusedRequest(FailureCode.RESTORE_FAILED,
				"volume '%s' was restored, and somebody has deleted it".formatted(volume.name()),
				"find out who did; another run of the same plan restores it again");
	}

	/** What fails of one volume fails no other. */
	private static VolumeOutcome attempt(VolumeOutcome sofar, Runnable next) {
		return (sofar instanceof VolumeOutcome.Restored) ? failure(next).map(why -> failed(sofar, why)).orElse(sofar)
				: sofar;
	}

	private static VolumeOutcome failed(VolumeOutcome sofar, LonghaulException why) {
		return (sofar instanceof VolumeOutcome.Restored) ? new VolumeOutcome.Failed(sofar.volume(), why) : sofar;
	}

	/** Empty if there is none. */
	private static Optional<LonghaulException> failure(Runnable attempt) {
		try {
			attempt.run();
			return Optional.empty();
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return Optional.of(ex);
		}
	}

	private List<VolumeOutcome> inOrder(Map<PlannedVolume, VolumeOutcome> outcomes,
			List<VolumeOutcome.Skipped> skipped) {
		List<VolumeOutcome> ordered = new ArrayList<>();
		for (PlannedVolume volume : plan.volumes()) {
			VolumeOutcome outcome = outcomes.get(volume);
			ordered.add((outcome != null) ? outcome
					: skipped.stream().filter(one -> one.volume().equals(volume)).findFirst().orElseThrow());
		}
		return ordered;
	}

}
