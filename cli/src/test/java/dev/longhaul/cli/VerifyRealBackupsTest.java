package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.backupstore.testing.RealBackups;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code longhaul verify} over backups that Longhorn's own engine wrote, healthy ones and
 * damaged ones.
 */
class VerifyRealBackupsTest {

	private static final String VOLUME = "pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90";

	private static final String FOLDER = "backupstore/volumes/56/55/" + VOLUME + "/";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "a", "c" })
	void provesEveryBackupOfAHealthyTarget(String set) throws IOException {
		CopiedBackups target = CopiedBackups.of(set, directory);

		Outcome outcome = new Cli().run("verify", target.url(), "--output", "json");

		assertThat(outcome.status()).isZero();
		assertThat(outcome.errors()).isEmpty();
		assertThat(Schema.of("verify").violations(outcome.out())).isEmpty();
		JsonNode volume = outcome.json().at("/volumes/0");
		assertThat(summaries(volume)).containsExactly("19 of 19", "19 of 19", "20 of 20", "20 of 20");
		assertThat(names(volume)).containsExactlyElementsOf(healthyBackups(set));
		assertThat(volume.at("/orphanBlocks/count").asInt()).isZero();
		assertThat(volume.at("/orphanBlocks/certain").asBoolean()).isTrue();
		assertThat(outcome.json().at("/summary/proven").asInt()).isEqualTo(4);
		assertThat(outcome.json().at("/summary/damaged").asInt()).isZero();
		assertThat(outcome.json().at("/summary/distinctBlocks").asInt()).isEqualTo(33);
	}

	@Test
	void countsTheBytesItReallyRead() throws IOException {
		CopiedBackups target = CopiedBackups.of("c", directory);

		JsonNode document = new Cli().run("verify", target.url(), "--output", "json").json();

		// Without compression, every block is stored in 2 MiB.
		assertThat(document.at("/summary/bytesRead").asLong()).isEqualTo(33L * 2 * 1024 * 1024);
		assertThat(document.at("/volumes/0/backups/0/bytesRead").asLong())
			.isLessThanOrEqualTo(document.at("/volumes/0/backups/0/sizeBytes").asLong());
	}

	@Test
	void findsExactlyTheDamageThatWasDone() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);

		Outcome outcome = new Cli().run("verify", target.url(), "--output", "json");

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.errors()).isEmpty();
		assertThat(Schema.of("verify").violations(outcome.out())).isEmpty();
		JsonNode volume = outcome.json().at("/volumes/0");
		assertThat(problems(volume)).containsExactlyInAnyOrderElementsOf(expectedProblems());
		assertThat(volume.at("/problems")).isEmpty();
		assertThat(states(volume)).containsExactlyInAnyOrder("backup-7a6f765e17888503 damaged",
				"backup-45dde0fa9684d7bc unreadable", "backup-7ab083b31647efb3 proven",
				"backup-9682af7cd470ade3 damaged", "backup-0dead0beef000001 in-progress");
	}

	@Test
	void countsWhatTheKilledBackupLeftBehindAndSaysThatItCannotBeSure() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);

		JsonNode orphans = new Cli().run("verify", target.url(), "--output", "json")
			.json()
			.at("/volumes/0/orphanBlocks");

		// Six of the killed backup, and one that only the rest of the cut manifest names.
		assertThat(orphans.at("/count").asInt()).isEqualTo(7);
		assertThat(orphans.at("/certain").asBoolean()).isFalse();
	}

	@Test
	void saysWhereTheDamageIs() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);

		JsonNode volume = new Cli().run("verify", target.url(), "--output", "json").json().at("/volumes/0");

		JsonNode damage = damageDone();
		for (JsonNode done : damage.path("damage")) {
			for (JsonNode use : done.path("used_by")) {
				if (!use.path("backup").asString().equals("backup-45dde0fa9684d7bc")) {
					assertThat(detail(volume, use.path("backup").asString(), done.path("key").asString()))
						.contains("(offset " + use.path("offset").asLong() + " of the volume");
				}
			}
		}
	}

	@Test
	void readsOnlyWhatIsChosen() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);

		Outcome outcome = new Cli().run("verify", target.url(), "--output", "json", "--volume", VOLUME, "--backup",
				"backup-7ab083b31647efb3");

		assertThat(outcome.status()).isZero();
		assertThat(Schema.of("verify").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/summary/proven").asInt()).isEqualTo(1);
		assertThat(outcome.json().at("/summary/distinctBlocks").asInt()).isEqualTo(20);
		assertThat(outcome.json().at("/volumes/0/orphanBlocks").isMissingNode()).isTrue();
	}

	@Test
	void judgesTheSameWithAnyConcurrency() {
		CopiedBackups target = CopiedBackups.of("f", directory);

		String one = new Cli().run("verify", target.url(), "--output", "json", "--concurrency", "1").out();
		String many = new Cli().run("verify", target.url(), "--output", "json", "--concurrency", "32").out();

		assertThat(one).isEqualTo(many);
	}

	@Test
	void neverWritesIntoTheTarget() throws IOException {
		CopiedBackups target = CopiedBackups.of("f", directory);
		List<String> before = everything(target.root());

		new Cli().run("verify", target.url());
		new Cli().run("ls", target.url());

		assertThat(everything(target.root())).isEqualTo(before);
	}

	private static List<String> everything(Path root) throws IOException {
		try (var files = Files.walk(root)) {
			List<String> found = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				found.add(file + " " + Files.getLastModifiedTime(file));
			}
			return found;
		}
	}

	private static List<String> healthyBackups(String set) throws IOException {
		return RealBackups.findOrAbort()
			.healthy()
			.stream()
			.filter(backup -> backup.set().equals(set))
			.map(backup -> backup.backup().value())
			.toList();
	}

	/** What {@code damage-f.json} says was done, as {@code kind backup key}. */
	private static List<String> expectedProblems() {
		List<String> expected = new ArrayList<>();
		for (JsonNode done : damageDone().path("damage")) {
			String kind = done.path("kind").asString();
			String key = done.path("key").asString();
			if (kind.startsWith("block")) {
				for (JsonNode use : done.path("used_by")) {
					// What a backup whose manifest is cut would use cannot be known.
					if (!use.path("backup").asString().equals("backup-45dde0fa9684d7bc")) {
						expected.add(kindOfBlock(kind) + " " + use.path("backup").asString() + " " + key);
					}
				}
			}
			else if (kind.startsWith("backup cfg truncated")) {
				expected.add("unreadable-manifest " + done.path("backup").asString() + " " + key);
			}
			else if (kind.startsWith("leftover lock")) {
				expected.add("stale-lock backup-0dead0beef000001 " + key);
			}
			else if (kind.startsWith("stale in-progress")) {
				expected.add("abandoned-backup backup-0dead0beef000001 " + key);
			}
		}
		assertThat(expected).hasSize(6).allMatch(line -> line.contains(FOLDER));
		return expected;
	}

	private static String kindOfBlock(String kind) {
		return switch (kind) {
			case "block truncated" -> "truncated-block";
			case "block bit-flipped" -> "checksum-mismatch";
			case "block missing" -> "missing-block";
			default -> throw new AssertionError("unknown damage: " + kind);
		};
	}

	private static JsonNode damageDone() {
		Path file = RealBackups.findOrAbort().target("damage-f.json");
		return JsonMapper.shared().readTree(file.toFile());
	}

	private static List<String> problems(JsonNode volume) {
		List<String> found = new ArrayList<>();
		for (JsonNode backup : volume.path("backups")) {
			for (JsonNode problem : backup.path("problems")) {
				found.add(problem.path("kind").asString() + " " + backup.path("name").asString() + " "
						+ problem.path("key").asString());
			}
		}
		return found;
	}

	private static String detail(JsonNode volume, String name, String key) {
		for (JsonNode backup : volume.path("backups")) {
			for (JsonNode problem : backup.path("problems")) {
				if (backup.path("name").asString().equals(name) && problem.path("key").asString().equals(key)) {
					return problem.path("detail").asString();
				}
			}
		}
		throw new AssertionError("no problem of " + name + " with " + key);
	}

	private static List<String> states(JsonNode volume) {
		List<String> states = new ArrayList<>();
		volume.path("backups")
			.forEach(backup -> states.add(backup.path("name").asString() + " " + backup.path("state").asString()));
		return states;
	}

	private static List<String> names(JsonNode volume) {
		List<String> names = new ArrayList<>();
		volume.path("backups").forEach(backup -> names.add(backup.path("name").asString()));
		return names;
	}

	private static List<String> summaries(JsonNode volume) {
		List<String> summaries = new ArrayList<>();
		volume.path("backups")
			.forEach(backup -> summaries
				.add(backup.path("blocksRead").asInt() + " of " + backup.path("blocks").asInt()));
		return summaries;
	}

}
