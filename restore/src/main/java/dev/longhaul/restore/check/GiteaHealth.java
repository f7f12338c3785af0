package dev.longhaul.restore.check;

import java.nio.charset.StandardCharsets;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.pod.PodAnswer;
import dev.longhaul.restore.repository.RepositoryOutcome;

/**
 * What Gitea says of its health, and what became of its repository.
 */
final class GiteaHealth {

	static final String WHAT = "Gitea's /api/healthz";

	private GiteaHealth() {
	}

	/** It asks its database and its cache before it answers. */
	static CheckAnswer judge(PodAnswer answer) {
		if (answer.find("by").isEmpty()) {
			return new NotChecked(WHAT, "the container has neither curl nor wget");
		}
		String body = answer.find("body").orElse("");
		if (!answer.find("exit").filter("0"::equals).isPresent() || body.isEmpty()) {
			return new Failed(WHAT, "it does not answer: " + PodAnswer.words(answer.find("said").orElse("nothing")),
					"look at the log of Gitea, and whether its database is the restored one");
		}
		try {
			String status = JsonDocument.read(body.getBytes(StandardCharsets.UTF_8)).string("status");
			return status.equals("pass") ? new Passed(WHAT, "passes, with its database and its cache")
					: new Failed(WHAT, "it says '%s': %s".formatted(PodAnswer.words(status), PodAnswer.words(body)),
							"look at the log of Gitea, and whether its database is the restored one");
		}
		catch (MalformedException ex) {
			return new NotChecked(WHAT, "what it answered cannot be read: " + PodAnswer.words(body));
		}
	}

	static CheckAnswer repository(RepositoryOutcome outcome) {
		String what = "the repository";
		return outcome.standing().serves() ? new Passed(what, outcome.told()) : new Failed(what, outcome.told(),
				"look at it before it is synced: what was committed after it is not there");
	}

}
