package dev.longhaul.gitops.recurring;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.CronSchedule;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.gitops.change.EditedFiles;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.drift.Holdings;
import dev.longhaul.gitops.drift.InCluster;
import dev.longhaul.gitops.recurring.ImportedJob.Retain;
import dev.longhaul.gitops.schedule.Recurrence;

/**
 * Declares a BackupJob for every RecurringJob that copies volumes. What was imported once
 * is known by a comment in it, and stays as its owner has edited it since. Longhorn's own
 * object is not touched.
 */
public final class ImportRecurringJobs implements RepositoryChange {

	/** Of one subject; more are counted. */
	private static final int NAMED = 2;

	private final InCluster cluster;

	private final Set<String> chosen;

	private final ZoneId zone;

	/**
	 * @param chosen names of RecurringJobs; none for all that copy volumes
	 * @param zone whose clock the kube-controller-manager goes by
	 */
	public ImportRecurringJobs(InCluster cluster, Set<String> chosen, ZoneId zone) {
		this.cluster = cluster;
		this.chosen = Set.copyOf(chosen);
		this.zone = zone;
	}

	/**
	 * {@inheritDoc}
	 * @throws RefusedRequest if a claim is on a volume of one of them and no declared
	 * application holds it: without the RecurringJob nothing would back it up any more
	 */
	@Override
	public Proposal apply(RepositoryFiles files) {
		Definitions declared = declared(files);
		Holdings holdings = new Holdings(declared, cluster);
		List<RecurringJob> jobs = jobs();
		List<String> notes = new ArrayList<>();
		jobs.forEach(job -> requireHeld(job, holdings, notes));
		SortedMap<String, String> added = new TreeMap<>();
		List<String> imported = new ArrayList<>();
		for (RecurringJob job : jobs) {
			Set<ApplicationDefinition> applications = applications(job, holdings);
			if (applications.isEmpty()) {
				notes.add("RecurringJob '%s' works on no volume of an application: left out".formatted(job.name()));
				continue;
			}
			requireSchedule(job);
			Retain retain = isAlone(job, applications, declared, holdings) ? Retain.DECLARED : Retain.COMMENT;
			ImportedJob written = new ImportedJob(job, applications, zone, retain);
			written.freePath(new EditedFiles(files, added)).ifPresent(path -> {
				added.put(path, written.document(path));
				imported.add(job.name());
				noteWhatChanges(written, holdings, notes);
			});
		}
		SortedMap<String, String> basis = new TreeMap<>();
		added.keySet().forEach(path -> basis.put(path, files.text(path).orElse("")));
		return new Proposal(subject(imported), added, basis, notes);
	}

	private static Definitions declared(RepositoryFiles files) {
		ReadResult result = DefinitionReader.read(files.definitions());
		if (result instanceof ReadResult.Refused refused) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"%s: %s".formatted(refused.problems().get(0).position(), refused.problems().get(0).fact()),
					"'longhaul jobs validate' shows all that is wrong with the definitions");
		}
		return ((ReadResult.Sound) result).definitions();
	}

	private List<RecurringJob> jobs() {
		List<RecurringJob> known = cluster.recurringJobs().stream().filter(job -> job.task().makesCopies()).toList();
		Set<String> names = known.stream().map(RecurringJob::name).collect(Collectors.toSet());
		chosen.stream().filter(name -> !names.contains(name)).sorted().findFirst().ifPresent(unknown -> {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"no RecurringJob '%s' takes snapshots or backups".formatted(unknown),
					names.isEmpty() ? "there is none that does"
							: "there are " + names.stream().sorted().collect(Collectors.joining(", ")));
		});
		return known.stream().filter(job -> chosen.isEmpty() || chosen.contains(job.name())).toList();
	}

	private void requireHeld(RecurringJob job, Holdings holdings, List<String> notes) {
		List<String> lost = new ArrayList<>();
		for (Volume volume : cluster.chosenBy(job)) {
			if (volume.claim() == null) {
				notes.add("volume %s of RecurringJob '%s' has no claim, and no application can hold it"
					.formatted(volume.name(), job.name()));
			}
			else if (holdings.holder(volume).isEmpty()) {
				lost.add(volume.claim().toString());
			}
		}
		if (!lost.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"RecurringJob '%s' works on claims that no declared application holds: %s".formatted(job.name(),
							String.join(", ", lost)),
					"declare them first: 'longhaul gitops init --kubeconfig FILE' proposes applications");
		}
	}

	private void requireSchedule(RecurringJob job) {
		try {
			Recurrence.of(new CronSchedule(job.cron(), zone));
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"RecurringJob '%s': %s".formatted(job.name(), ex.getMessage()),
					"name the others to import them, and declare this one by hand", ex);
		}
	}

	private Set<ApplicationDefinition> applications(RecurringJob job, Holdings holdings) {
		return cluster.chosenBy(job)
			.stream()
			.flatMap(volume -> holdings.holder(volume).stream())
			.collect(Collectors.toSet());
	}

	/**
	 * Longhorn keeps so many of one job; a retention is of all restore points of an
	 * application, whichever job made them.
	 */
	private boolean isAlone(RecurringJob job, Set<ApplicationDefinition> applications, Definitions declared,
			Holdings holdings) {
		Stream<ApplicationDefinition> ofDeclared = declared.jobs()
			.stream()
			.filter(BackupJob.class::isInstance)
			.flatMap(other -> declared.applicationsOf(other).stream());
		Stream<ApplicationDefinition> ofImported = cluster.recurringJobs()
			.stream()
			.filter(other -> other.task().makesCopies() && !other.equals(job))
			.flatMap(other -> applications(other, holdings).stream());
		return job.retain() > 0 && Stream.concat(ofDeclared, ofImported).noneMatch(applications::contains);
	}

	private void noteWhatChanges(ImportedJob imported, Holdings holdings, List<String> notes) {
		RecurringJob job = imported.job();
		if (!job.task().makesBackups()) {
			notes.add("RecurringJob '%s' only takes snapshots; its BackupJob backs them up, too".formatted(job.name()));
		}
		if (imported.retain() == Retain.COMMENT) {
			notes.add(
					"retain %d of RecurringJob '%s' is only a comment: other jobs back up the same applications, and a "
						.formatted(job.retain(), job.name()) + "retention is of all their restore points");
		}
		List<Volume> volumes = cluster.chosenBy(job);
		imported.applications()
			.stream()
			.filter(application -> !volumes.containsAll(holdings.of(application)))
			.map(application -> application.name().value())
			.sorted()
			.forEach(application -> notes
				.add("RecurringJob '%s' works on a part of application '%s'; its BackupJob backs up the whole"
					.formatted(job.name(), application)));
	}

	private static String subject(List<String> imported) {
		return (imported.size() <= NAMED) ? "longhaul: import RecurringJob " + String.join(", ", imported)
				: "longhaul: import %d RecurringJobs".formatted(imported.size());
	}

}
