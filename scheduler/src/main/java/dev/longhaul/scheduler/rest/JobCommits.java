package dev.longhaul.scheduler.rest;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.PutDefinitions;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.SuspendJob;
import dev.longhaul.gitops.change.SuspendJob.Wanted;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.Author;
import dev.longhaul.gitops.repository.WriteResult;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.web.ProblemException;

/**
 * Changes what Git declares of jobs, by commits in the name of the caller.
 */
public final class JobCommits {

	private static final int LONGEST_REASON = 4000;

	private static final int LONGEST_AUTHOR = 120;

	private static final String ADDRESS = "longhaul@localhost";

	private final Repository repository;

	public JobCommits(Repository repository) {
		this.repository = repository;
	}

	CommitView put(JobName name, JobChange change, Expected expected, Caller caller) {
		String text = Optional.ofNullable(change.definition()).orElse("");
		if (text.length() > DefinitionFile.LONGEST) {
			throw refused("'definition' has more than %d characters".formatted(DefinitionFile.LONGEST));
		}
		if (!(DefinitionReader.readAlone(name + ".yaml", text) instanceof ReadResult.Sound sound)) {
			throw unsound(((ReadResult.Refused) DefinitionReader.readAlone(name + ".yaml", text)).problems());
		}
		requireOnly(name, sound.definitions());
		String reason = Optional.ofNullable(change.reason()).orElse("");
		return change(new PutDefinitions(name + ".yaml", text), reason, expected, caller);
	}

	private static void requireOnly(JobName name, Definitions definitions) {
		if (!definitions.applications().isEmpty() || definitions.jobs().size() != 1
				|| !definitions.jobs().get(0).name().equals(name)) {
			throw refused("'definition' is not the one of job '%s' alone".formatted(name));
		}
	}

	/**
	 * Pauses a job or lets it run again, however it was declared when somebody looked.
	 */
	public CommitView suspend(JobName job, Wanted wanted, Caller caller) {
		return change(new SuspendJob(job, wanted), "", Expected.ANYTHING, caller);
	}

	CommitView change(RepositoryChange change, String reason, Expected expected, Caller caller) {
		if (reason.length() > LONGEST_REASON || !reason.matches("[^\\p{Cntrl}&&[^\\n\\t]]*")) {
			throw refused("'reason' has at most %d characters, all of them printable".formatted(LONGEST_REASON));
		}
		WriteResult result = repository.write(expected.of(change), author(caller), reason);
		if (result instanceof WriteResult.Refused refused) {
			throw unsound(refused.problems());
		}
		return CommitView.of(result);
	}

	private static Author author(Caller caller) {
		String name = caller.name().replaceAll("[<>\\p{Cntrl}]", "?");
		return new Author(name.substring(0, Math.min(name.length(), LONGEST_AUTHOR)), ADDRESS);
	}

	private static ProblemException unsound(List<Problem> problems) {
		Problem first = problems.get(0);
		dev.longhaul.scheduler.web.Problem problem = dev.longhaul.scheduler.web.Problem.of(
				FailureCode.INVALID_DEFINITION, 422, "%s: %s".formatted(first.position(), first.fact()),
				first.hint().isEmpty() ? "docs/definitions.md shows how it is written" : first.hint());
		return new ProblemException(problem.with("problems", problems.stream().map(MistakeView::of).toList()));
	}

	private static RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, fact, "docs/definitions.md shows how a job is written");
	}

	/** Where a definition is wrong. */
	record MistakeView(String file, int line, int column, String fact, String hint) {

		static MistakeView of(Problem problem) {
			return new MistakeView(problem.position().file(), problem.position().line(), problem.position().column(),
					problem.fact(), problem.hint());
		}

	}

}
