package dev.longhaul.gitops.change;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;

/**
 * The second look at an edit of text: that it changed what it was meant to and nothing
 * else, whatever way the file is written.
 */
final class Untouched {

	private Untouched() {
	}

	/**
	 * Says nothing where either side is refused: that is somebody else's to say.
	 * @throws RefusedRequest if another definition came out changed
	 */
	static void require(RepositoryFiles before, RepositoryFiles after, Collection<DocumentName> touched) {
		if (DefinitionReader.read(before.definitions()) instanceof ReadResult.Sound old
				&& DefinitionReader.read(after.definitions()) instanceof ReadResult.Sound now) {
			if (!others(old, touched).equals(others(now, touched))) {
				throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
						"the file of " + touched.iterator().next()
								+ " is written in a way that cannot be edited without changing another definition",
						"edit it by hand, or separate its documents with '---'");
			}
		}
	}

	private static Set<Object> others(ReadResult.Sound sound, Collection<DocumentName> touched) {
		Set<Object> others = new HashSet<>();
		for (ApplicationDefinition application : sound.definitions().applications()) {
			if (!touched.contains(new DocumentName("Application", application.name().value()))) {
				others.add(application);
			}
		}
		for (JobDefinition job : sound.definitions().jobs()) {
			if (!touched.contains(new DocumentName(job.getClass().getSimpleName(), job.name().value()))) {
				others.add(job);
			}
		}
		return others;
	}

}
