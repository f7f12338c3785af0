package dev.longhaul.restore.check;

import java.util.Optional;

import dev.longhaul.restore.check.CheckAnswer.Failed;
import dev.longhaul.restore.check.CheckAnswer.NotChecked;
import dev.longhaul.restore.check.CheckAnswer.Passed;
import dev.longhaul.restore.pod.PodAnswer;

/**
 * Whether Vaultwarden answers, and whether its database is whole.
 */
final class VaultwardenState {

	static final String ALIVE = "Vaultwarden's /alive";

	static final String DATABASE = "Vaultwarden's database";

	private VaultwardenState() {
	}

	/** It touches the database before it answers. */
	static CheckAnswer alive(PodAnswer answer) {
		String by = PodAnswer.words(answer.find("by").orElse(""));
		Optional<String> exit = answer.find("alive");
		if (by.isEmpty() || exit.isEmpty()) {
			return new NotChecked(ALIVE, "the container has neither /healthcheck.sh nor curl nor wget");
		}
		return exit.get().equals("0") ? new Passed(ALIVE, "answers (%s)".formatted(by))
				: new Failed(ALIVE,
						"%s ended with %s: %s".formatted(by, PodAnswer.words(exit.get()),
								PodAnswer.words(answer.find("said").orElse("nothing"))),
						"look at the log of Vaultwarden");
	}

	static CheckAnswer database(PodAnswer answer) {
		return switch (answer.find("database").orElse("")) {
			case "missing" -> new Failed(DATABASE, "there is no db.sqlite3 in its data folder",
					"look whether the restored volume is mounted there; a new vault is empty");
			case "other" -> new NotChecked(DATABASE, "it is not SQLite: DATABASE_URL names a server");
			case "unasked" -> new NotChecked(DATABASE,
					"the container has no sqlite3; the night checked the same database as it was read back, see its "
							+ "proof");
			case "sqlite" -> integrity(answer);
			default -> new NotChecked(DATABASE, "the container does not say what it has");
		};
	}

	private static CheckAnswer integrity(PodAnswer answer) {
		String said = PodAnswer.words(answer.find("integrity").orElse("nothing"));
		if (!said.equals("ok")) {
			return new Failed(DATABASE, "SQLite says: " + said,
					"restore another restore point, or the copy longhaul-copy.sqlite3 beside the database");
		}
		return new Passed(DATABASE,
				"SQLite finds it whole: %s, %s".formatted(count(answer, "users"), count(answer, "ciphers")));
	}

	private static String count(PodAnswer answer, String table) {
		return answer.find(table)
			.filter(number -> number.matches("[0-9]{1,12}"))
			.map(number -> number + " rows in " + table)
			.orElse("rows of %s not counted".formatted(table));
	}

}
