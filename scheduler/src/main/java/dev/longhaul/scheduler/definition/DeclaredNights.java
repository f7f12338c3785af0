package dev.longhaul.scheduler.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.scheduler.retention.NewestDeclared;
import dev.longhaul.scheduler.wiring.NightPlan;

/**
 * The nights that are declared in Git, and what follows them.
 */
public final class DeclaredNights {

	private DeclaredNights() {
	}

	/**
	 * @param later what is in force when it is asked
	 * @throws RefusedRequest if no such night is declared, or one of no application
	 */
	public static NightPlan plan(InForce inForce, JobName name, Accepted accepted, Supplier<InForce> later) {
		BackupJob job = inForce.definitions()
			.job(name)
			.filter(BackupJob.class::isInstance)
			.map(BackupJob.class::cast)
			.orElseThrow(() -> unknown(inForce, name));
		List<ApplicationDefinition> applications = applications(inForce, job);
		return new NightPlan(applications, inForce.revision().id(), accepted, new NewestDeclared(later));
	}

	/**
	 * The applications of a job, at least one.
	 * @throws RefusedRequest if none is declared
	 */
	public static List<ApplicationDefinition> applications(InForce inForce, JobDefinition job) {
		List<ApplicationDefinition> applications = inForce.definitions()
			.applications()
			.stream()
			.filter(application -> includes(job.applications(), application))
			.toList();
		if (applications.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"commit %s declares no application".formatted(inForce.revision()),
					"declare one in longhaul/applications/; docs/definitions.md shows how");
		}
		return applications;
	}

	private static boolean includes(Applications applications, ApplicationDefinition application) {
		return !(applications instanceof Applications.Only only) || only.names().contains(application.name());
	}

	private static RefusedRequest unknown(InForce inForce, JobName name) {
		String declared = inForce.definitions()
			.jobs()
			.stream()
			.filter(BackupJob.class::isInstance)
			.map(job -> "'" + job.name() + "'")
			.collect(Collectors.joining(", "));
		return new RefusedRequest(FailureCode.INVALID_DEFINITION,
				"commit %s declares no BackupJob '%s'".formatted(inForce.revision(), name), declared.isEmpty()
						? "declare one in longhaul/jobs/; docs/definitions.md shows how" : "declared are " + declared);
	}

	/**
	 * What people must know of the definitions in force, a line each; none if they are
	 * the newest.
	 */
	public static List<String> warnings(InForce inForce) {
		List<String> warnings = new ArrayList<>();
		if (inForce.standing() instanceof InForce.Standing.NotAsked notAsked) {
			warnings.add("%s; %s".formatted(notAsked.why(), staysInForce(inForce.revision())));
		}
		else if (inForce.standing() instanceof InForce.Standing.NewestRefused refused) {
			warnings.add("commit %s is refused, %s:".formatted(refused.newest(), staysInForce(inForce.revision())));
			refused.problems().stream().map(Problem::toString).forEach(warnings::add);
		}
		return warnings;
	}

	private static String staysInForce(Revision revision) {
		return "commit %s stays in force".formatted(revision);
	}

}
