package dev.longhaul.scheduler.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.scheduler.web.Problem;
import dev.longhaul.scheduler.web.ProblemException;

/**
 * What somebody had seen of a job when they decided to change it.
 */
interface Expected {

	/** They did not say. */
	Expected ANYTHING = change -> change;

	/**
	 * The change, refused where the job is another one than was seen.
	 */
	RepositoryChange of(RepositoryChange change);

	/**
	 * That the job is as it is in force, and that this is what they have seen.
	 * @param header {@code If-Match}, with the tags of what they have seen
	 * @throws ProblemException if they have seen something else
	 */
	static Expected of(JobName job, String header, InForce inForce) {
		List<String> tags = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
		String tag = '"' + inForce.revision().id() + '"';
		if (!tags.contains(tag) && !tags.contains("*")) {
			throw other("%s was decided on another commit than the one in force, %s".formatted(job, tag));
		}
		Optional<JobDefinition> seen = inForce.definitions().job(job);
		if (seen.isEmpty() && tags.contains("*")) {
			throw other("no job '%s' is in force".formatted(job));
		}
		return change -> files -> {
			requireSame(job, seen, files);
			return change.apply(files);
		};
	}

	private static void requireSame(JobName job, Optional<JobDefinition> seen, RepositoryFiles files) {
		if (DefinitionReader.read(files.definitions()) instanceof ReadResult.Sound sound
				&& !sound.definitions().job(job).equals(seen)) {
			throw other("somebody else changed '%s' in a commit that is not in force yet".formatted(job));
		}
	}

	private static ProblemException other(String fact) {
		return new ProblemException(Problem.of(FailureCode.GIT_CONFLICT, 412, fact,
				"look at what is there now, and decide again; nothing was changed"));
	}

}
