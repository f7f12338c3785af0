package dev.longhaul.scheduler.site;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.wording.Wording;

/**
 * What a reader may begin: buttons are shown to those who may press them.
 */
final class Offers {

	private final Outlook outlook;

	private final Caller reader;

	Offers(Outlook outlook, Caller reader) {
		this.outlook = outlook;
		this.reader = reader;
	}

	/** Every job. */
	List<Action> runs() {
		return runs(outlook.jobs());
	}

	/** A job by its name; nothing if it is not declared any more. */
	List<Action> run(JobName name) {
		return runs(outlook.jobs().stream().filter(job -> job.name().equals(name)).toList());
	}

	/** Every job that backs something up. */
	List<Action> backups() {
		return runs(outlook.jobs().stream().filter(BackupJob.class::isInstance).toList());
	}

	/** Every job that backs up an application. */
	List<Action> backups(ApplicationName application) {
		return runs(outlook.backups(application));
	}

	private List<Action> runs(List<? extends JobDefinition> jobs) {
		return jobs.stream().map(this::run).flatMap(Optional::stream).toList();
	}

	/** A run of a job; empty if it cannot be started, or not by this reader. */
	Optional<Action> run(JobDefinition job) {
		return Optional.of(consequence(job))
			.filter(words -> !words.isEmpty() && reader.may(Scope.OPERATE))
			.map(words -> new Action("Run " + job.name(), "/jobs/%s/run".formatted(job.name()), words));
	}

	/** Empty for a job that nobody can start. */
	private String consequence(JobDefinition job) {
		String applications = Wording.count(outlook.applicationsOf(job).size(), "application");
		if (job instanceof BackupJob) {
			return ("A night begins now. It makes %s quiet for moments, backs them up, reads back what it wrote, "
					+ "and judges it.")
				.formatted(applications);
		}
		if (job instanceof VerifyJob verify) {
			return "The newest %s of each of %s are read back from '%s' now. Its provider may charge for that."
				.formatted(Wording.count(verify.restorePoints(), "restore point"), applications, verify.target());
		}
		if (job instanceof MirrorJob mirror) {
			return "What '%s' lacks of '%s' is copied to it now.".formatted(mirror.to(), mirror.from());
		}
		return "";
	}

}
