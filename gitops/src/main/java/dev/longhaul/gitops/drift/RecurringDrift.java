package dev.longhaul.gitops.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringTask;
import dev.longhaul.core.volume.Volume;

/**
 * What Longhorn does by itself to volumes, beside nights.
 * <p>
 * That a job deletes only snapshots and backups with its own label, that snapshot-delete
 * deletes any, and that snapshot-cleanup purges only what is marked as removed:
 * Longhorn's enhancement 20230103 and its recurring-job command.
 */
final class RecurringDrift {

	private static final int NAMED = 5;

	private final InCluster cluster;

	private final Holdings holdings;

	private final Places places;

	private final List<Finding> findings = new ArrayList<>();

	RecurringDrift(InCluster cluster, Holdings holdings, Places places) {
		this.cluster = cluster;
		this.holdings = holdings;
		this.places = places;
	}

	List<Finding> find() {
		cluster.recurringJobs().forEach(this::judge);
		return findings;
	}

	private void judge(RecurringJob job) {
		List<Volume> chosen = cluster.chosenBy(job);
		List<Volume> held = chosen.stream().filter(volume -> holdings.holder(volume).isPresent()).toList();
		List<Volume> others = chosen.stream().filter(volume -> holdings.holder(volume).isEmpty()).toList();
		if (chosen.isEmpty()) {
			add(DriftKind.RECURRING_JOB_HARMLESS, job, chosen, withoutVolumes(job));
			return;
		}
		if (!held.isEmpty()) {
			add(isHarmless(job.task()) ? DriftKind.RECURRING_JOB_HARMLESS : DriftKind.RECURRING_JOB_CONFLICT, job, held,
					besideNights(job));
		}
		if (!others.isEmpty() && job.task().makesCopies()) {
			add(DriftKind.RECURRING_JOB_UNDECLARED, job, others,
					"no declared application holds them; 'longhaul jobs import' makes a definition of it");
		}
	}

	private static boolean isHarmless(RecurringTask task) {
		return task == RecurringTask.SNAPSHOT_CLEANUP || task == RecurringTask.FILESYSTEM_TRIM;
	}

	private static String withoutVolumes(RecurringJob job) {
		return job.task().choosesVolumes() ? "no volume takes part in it now"
				: "it saves Longhorn's own objects, and works on no volume by label";
	}

	private static String besideNights(RecurringJob job) {
		return switch (job.task()) {
			case BACKUP, BACKUP_FORCE_CREATE ->
				"it backs up the same volumes one by one, with nothing quiet; at the time of a night, both read and "
						+ "upload the same blocks. Its retain deletes only backups of its own. 'longhaul jobs import' "
						+ "makes a definition of it, and it can go after the first proven night";
			case SNAPSHOT, SNAPSHOT_FORCE_CREATE ->
				"it takes snapshots of the same volumes one by one, with nothing quiet, and they occupy the disks "
						+ "beside those of nights. Its retain deletes only snapshots of its own";
			case SNAPSHOT_DELETE -> "it deletes the oldest snapshots beyond %d, whoever took them: also the one that "
				.formatted(job.retain())
					+ "the next backup is the difference to, which is then read whole, and one that is still to be backed up";
			case SNAPSHOT_CLEANUP -> "it purges only what Longhorn has marked as removed already";
			case FILESYSTEM_TRIM -> "it gives unused blocks back, and leaves snapshots as they are unless Longhorn's "
					+ "setting remove-snapshots-during-filesystem-trim is on";
			case SYSTEM_BACKUP -> withoutVolumes(job);
			case UNKNOWN -> "what its task does is not known here: look at it";
		};
	}

	private void add(DriftKind kind, RecurringJob job, List<Volume> volumes, String reason) {
		List<ApplicationDefinition> holders = volumes.stream()
			.flatMap(volume -> holdings.holder(volume).stream())
			.toList();
		findings.add(new Finding(kind, "RecurringJob '%s'".formatted(job.name()),
				"%s at '%s' in the time of the kube-controller-manager, retain %d%s".formatted(job.task().word(),
						job.cron(), job.retain(), volumes.isEmpty() ? "" : ", on " + named(volumes, this::named)),
				reason, holders.isEmpty() ? null : places.of(holders.get(0))));
	}

	private String named(Volume volume) {
		String claim = (volume.claim() != null) ? volume.claim().toString() : "volume " + volume.name();
		return holdings.holder(volume).map(holder -> "%s (%s)".formatted(claim, holder.name())).orElse(claim);
	}

	private static String named(List<Volume> volumes, Function<Volume, String> name) {
		String first = volumes.stream().limit(NAMED).map(name).collect(Collectors.joining(", "));
		return (volumes.size() > NAMED) ? "%s and %d more".formatted(first, volumes.size() - NAMED) : first;
	}

}
