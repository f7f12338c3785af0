package dev.longhaul.restore.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.document.JsonFields;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.workload.Place;
import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.pod.PodAnswer;

/**
 * What {@code occ status} says.
 */
final class NextcloudStatus {

	static final String WHAT = "occ status";

	private NextcloudStatus() {
	}

	static CheckAnswer judge(PodAnswer answer, Place place) {
		String missing = answer.find("missing").orElse(null);
		if (missing != null) {
			return new NotChecked(WHAT, "the container has no %s".formatted(PodAnswer.words(missing)));
		}
		String status = answer.find("status").orElse("");
		if (!answer.find("exit").filter("0"::equals).isPresent() || status.isEmpty()) {
			String said = answer.find("said").orElse("it does not say why");
			return new Failed(WHAT, "occ fails: " + PodAnswer.words(said),
					"look at the log of Nextcloud, and whether its database is the restored one");
		}
		try {
			return judge(JsonDocument.read(status.getBytes(StandardCharsets.UTF_8)), place);
		}
		catch (MalformedException ex) {
			return new NotChecked(WHAT, "what occ printed cannot be read: " + PodAnswer.words(status));
		}
	}

	private static CheckAnswer judge(JsonFields status, Place place) throws MalformedException {
		if (!status.truth("installed")) {
			return new Failed(WHAT, "Nextcloud says that it is not installed, so it has not found what was restored",
					"look whether its config.php and its database are the restored ones, before anybody installs it");
		}
		String version = PodAnswer.words(status.string("versionstring"));
		List<String> troubles = new ArrayList<>();
		List<String> hints = new ArrayList<>();
		if (status.truth("needsDbUpgrade")) {
			troubles.add("its database is older than its program %s".formatted(version));
			hints.add("'occ upgrade' brings the database up, or deploy the version that was backed up");
		}
		// A night switches it on for its snapshots, so a volume may come back with it.
		if (status.truth("maintenance")) {
			troubles.add("it is in maintenance mode, perhaps since the night that took its snapshots");
			hints.add("'occ maintenance:data-fingerprint', so that clients keep what is newer, then "
					+ "'occ maintenance:mode --off', in %s".formatted(place));
		}
		return troubles.isEmpty()
				? new Passed(WHAT,
						"version %s, installed, not in maintenance mode, no upgrade needed".formatted(version))
				: new Failed(WHAT, String.join("; ", troubles), String.join("; ", hints));
	}

}
