package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.terminal.Terminal;
import dev.longhaul.cli.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked of a server, and how what it says is told.
 */
class RemoteCommandTest {

	private static final String ID = "0193582a-7c00-7000-8000-000000000001";

	private static final String VERDICT = """
			{"overall":"unknown","at":"2026-11-22T11:00:00Z","clauses":[
			{"clause":"copies","answer":"holds","evidence":"3 of 3 copies"},
			{"clause":"media","answer":"holds","evidence":"disk, object storage"},
			{"clause":"away","answer":"holds","evidence":"away"},
			{"clause":"immutable","answer":"unknown","evidence":"object lock could not be read"},
			{"clause":"errors","answer":"%s","evidence":"24 blocks read back"}]}""";

	private static final String PROGRESS = """
			id: 2
			event: progressed
			data: {"at":"2026-11-22T12:00:00Z","subject":"gitea/data \\u001b[2J","work":"upload","done":40,"of":100,"unit":"%"}

			""";

	private static final String ENDED = """
			: still there

			id: 9
			event: ended
			data: {"at":"2026-11-22T12:00:00Z","outcome":"proven"}

			""";

	@TempDir
	private Path directory;

	private ScriptedServer server;

	@BeforeEach
	void start() throws IOException {
		server = ScriptedServer.start();
		Files.writeString(directory.resolve("token"), "lh_secret\n");
	}

	@AfterEach
	void stop() {
		server.close();
	}

	private Outcome remote(String... arguments) {
		return cli().run(Stream.concat(Stream.of("remote"), Arrays.stream(arguments)).toArray(String[]::new));
	}

	private Cli cli() {
		return new Cli().passing()
			.with("LONGHAUL_SERVER", server.url())
			.with("LONGHAUL_TOKEN_FILE", directory.resolve("token").toString());
	}

	private static String run(String outcome, String more) {
		return """
				{"id":"%s","job":"nightly","kind":"backup","scheduledFor":"2026-11-22T02:30:00Z","attempt":1,
				"cause":{"kind":"by-hand","by":"ada"},"askedAt":"2026-11-22T11:59:00Z","startedAt":"2026-11-22T11:59:01Z",
				"outcome":"%s"%s}"""
			.formatted(ID, outcome, more)
			.replace("\n", "");
	}

	@Test
	void applicationsAreATableWithWhatIsNotAsItShouldBe() {
		server.on("GET /api/v1/applications?limit=1", ScriptedServer.json(
				"{\"items\":[{\"name\":\"gitea\",\"verdict\":%s,\"newestProven\":\"2026-11-22T06:00:00Z\",\"bytes\":4194304,"
					.formatted(VERDICT.formatted("holds")) + "\"restorePoints\":3}],\"next\":\"Z2l0ZWE\"}"));

		Outcome outcome = remote("applications", "--limit", "1");

		assertThat(outcome.out()).isEqualTo("""
				        3  2  1  1  0   newest proven    size   points   why not
				gitea   ●  ●  ●  ◌  ●   6 h ago         4 MiB        3   object lock could not be read
				""");
		assertThat(outcome.errors()).isEqualTo("note: there is more; it goes on with --cursor Z2l0ZWE\n");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void jsonIsWhatTheServerHasAnswered() {
		String answer = "{\"items\":[{\"name\":\"gitea\",\"restorePoints\":0,\"new\":[1.5,null]}]}";
		server.on("GET /api/v1/applications", ScriptedServer.json(answer));

		assertThat(remote("applications", "--output", "json").out()).isEqualTo(answer + "\n");
	}

	@Test
	void aVerdictWithDamageEndsWithOne() {
		server.on("GET /api/v1/verdicts/gitea", ScriptedServer
			.json("{\"application\":\"gitea\",\"verdict\":%s}".formatted(VERDICT.formatted("fails"))));

		Outcome outcome = remote("verdicts", "gitea");

		assertThat(outcome.out()).startsWith("gitea   newest proven –\n  ●   3 copies      holds     3 of 3 copies")
			.contains("  ✕   0 errors      fails     24 blocks read back");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void aRunIsStartedOnceAndWatchedToItsEnd() {
		server.on("POST /api/v1/runs", ScriptedServer.silence(), ScriptedServer.json(run("waiting", "")))
			.on("GET /api/v1/runs/" + ID + "/events", ScriptedServer.events(said(1, "INFO", "begins"), PROGRESS),
					ScriptedServer.events(said(3, "INFO", "three"), ENDED))
			.on("GET /api/v1/runs/" + ID, ScriptedServer.json(run("running", "")),
					ScriptedServer.json(run("proven", ",\"endedAt\":\"2026-11-22T11:59:31Z\"")))
			.on("GET /api/v1/runs/" + ID + "/log?from=2", ScriptedServer.json("{\"items\":[]}"),
					ScriptedServer.json("{\"items\":[%s,%s]}".formatted(line("number", 2, "WARN", "slow \\u001b[31m"),
							line("number", 3, "INFO", "three"))))
			.on("GET /api/v1/runs/" + ID + "/log?from=4", ScriptedServer.json("{\"items\":[]}"));

		Outcome outcome = remote("runs", "start", "nightly", "--watch");

		assertThat(outcome.out()).isEqualTo("""
				12:00:00Z  begins
				12:00:00Z  slow \\u001b[31m
				12:00:00Z  three
				● proven   nightly   1 min ago   took 30 s   by ada   %s
				  backup nightly, attempt 1, for 2026-11-22T02:30:00Z
				""".formatted(ID));
		assertThat(outcome.status()).isZero();
		assertThat(server.requests()
			.stream()
			.filter(request -> request.line().startsWith("POST"))
			.map(request -> request.header("Idempotency-key"))
			.distinct()).hasSize(1);
	}

	private static String line(String counter, int number, String level, String text) {
		return "{\"%s\":%d,\"at\":\"2026-11-22T12:00:00Z\",\"level\":\"%s\",\"text\":\"%s\"}".formatted(counter, number,
				level, text);
	}

	private static String said(int number, String level, String text) {
		return "id: %d\nevent: said\ndata: %s\n\n".formatted(number, line("line", number, level, text));
	}

	private RemoteCommandTest over(String outcome) {
		server.on("GET /api/v1/runs/" + ID + "/events", ScriptedServer.events(ENDED))
			.on("GET /api/v1/runs/" + ID, ScriptedServer.json(run(outcome, "")))
			.on("GET /api/v1/runs/" + ID + "/log?from=1", ScriptedServer.json("{\"items\":[]}"));
		return this;
	}

	@Test
	void whatMovesIsDrawnWhereSomebodyLooks() {
		over("proven").server
			.on("GET /api/v1/runs/" + ID + "/events", ScriptedServer.events(PROGRESS, said(1, "INFO", "begins"), ENDED))
			.on("GET /api/v1/runs/" + ID + "/log?from=2", ScriptedServer.json("{\"items\":[]}"));

		Outcome watched = cli().on(new Terminal(true, true, 60))
			.with("NO_COLOR", "1")
			.run("remote", "runs", "watch", ID);

		assertThat(watched.errors())
			.isEqualTo("\r\u001B[Kgitea/data \\u001b[2J  upload  ████████░░░░░░░░░░░░   40%\r\u001B[K");
		assertThat(watched.out()).startsWith("12:00:00Z  begins\n");
	}

	@ParameterizedTest
	@CsvSource({ "proven,0", "unproven,3", "cancelled,4", "interrupted,4" })
	void aWatchEndsAsTheRunDid(String outcome, int status) {
		server.on("GET /api/v1/runs?outcome=running&limit=1",
				ScriptedServer.json("{\"items\":[%s]}".formatted(run("running", ""))));

		assertThat(over(outcome).remote("runs", "watch").status()).isEqualTo(status);
	}

	@Test
	void aWatchOfARunThatFailedSaysWhy() {
		over("failed").server.on("GET /api/v1/runs/" + ID, ScriptedServer.json(run("failed",
				",\"failure\":{\"code\":\"BACKUP_DAMAGED\",\"fact\":\"a block is wrong\",\"hint\":\"repair it\"}")));

		Outcome outcome = remote("runs", "watch", ID);

		assertThat(outcome.out()).contains("✕ failed", "  a block is wrong   [BACKUP_DAMAGED]\n  hint: repair it\n");
		assertThat(outcome.status()).isEqualTo(1);
	}

	@Test
	void aWatchOutlivesAServerThatIsStartedAnewAndNotOneThatIsGone() {
		over("proven").server.on("GET /api/v1/runs/" + ID + "/events", ScriptedServer.silence(),
				ScriptedServer.silence(), ScriptedServer.events(ENDED));

		Outcome again = remote("runs", "watch", ID);
		server.on("GET /api/v1/runs/" + ID + "/events", ScriptedServer.silence());
		Outcome gone = remote("runs", "watch", ID);

		assertThat(again.status()).isZero();
		assertThat(again.errors()).isEqualTo(
				"note: the connection to %s broke; the run goes on, so does the watch\n".formatted(server.url()));
		assertThat(gone.errors()).endsWith("the connection to %s broke   [SERVER_UNREACHABLE]\n".formatted(server.url())
				+ "hint: try again, or look at the server's log\n");
		assertThat(gone.status()).isEqualTo(3);
	}

	@Test
	void aJobIsPausedWithAReasonAndOnlyAsItWasSeen() {
		server.on("POST /api/v1/jobs/nightly/pause",
				ScriptedServer.json("{\"outcome\":\"pushed\",\"commit\":\"11b682d9\",\"files\":[{\"path\":\"a.yaml\","
						+ "\"diff\":\"--- a\\n+++ b\\n+suspend: true\"}]}"));

		Outcome outcome = remote("jobs", "pause", "nightly", "--reason", "house moves", "--based-on", "40db");

		assertThat(outcome.out()).isEqualTo("● pushed as 11b682d9\n\n--- a\n+++ b\n+suspend: true\n");
		assertThat(server.requests().get(0).body()).isEqualTo("{\"reason\":\"house moves\"}");
		assertThat(server.requests().get(0).header("If-match")).isEqualTo("\"40db\"");
	}

	@Test
	void aJobIsPutAsAFileHasIt() throws IOException {
		Path file = Files.writeString(directory.resolve("nightly.yaml"), "kind: BackupJob\n");
		server.on("PUT /api/v1/jobs/nightly", ScriptedServer.problem(422, "INVALID_DEFINITION",
				"nightly.yaml:1:1: 'spec' is missing", "docs/definitions.md shows how it is written"));

		Outcome outcome = remote("jobs", "put", "nightly", file.toString());

		assertThat(server.requests().get(0).body()).isEqualTo("{\"definition\":\"kind: BackupJob\\n\"}");
		assertThat(outcome.errors()).isEqualTo("""
				longhaul: nightly.yaml:1:1: 'spec' is missing   [INVALID_DEFINITION]
				hint: docs/definitions.md shows how it is written
				""");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@Test
	void aTokenGoesIntoAFileOfItsOwnersOnly() throws IOException {
		server.on("POST /api/v1/tokens", ScriptedServer.json("{\"token\":{\"id\":\"c138\",\"name\":\"ci\",\"scopes\":"
				+ "[\"read\"],\"createdBy\":\"ada\"},\"secret\":\"lh_new\"}"));
		Path file = directory.resolve("ci.token");

		Outcome made = remote("tokens", "create", "ci", "--scope", "read", "--to", file.toString());
		Outcome again = remote("tokens", "create", "ci", "--scope", "read", "--to", file.toString());

		assertThat(file).hasContent("lh_new");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(made.out()).contains("c138   ci   read").doesNotContain("lh_new");
		assertThat(again.errors()).contains("cannot be made or written   [OUTPUT_NOT_WRITABLE]");
		assertThat(server.requests()).as("no second token is made").hasSize(1);
	}

	@Test
	void aRetentionPlanIsToldWithItsReasonsAndItsHash() {
		String plan = """
				{"hash":"3f0c","application":"gitea","target":"s3://b@r/","policy":"last 1, UTC","plannedAt":
				"2026-11-22T12:00:00Z","kept":1,"removed":1,"removedBytes":4194304,"pinsBeside":["2026-11-01T01:30:00Z"]}""";
		server.on("POST /api/v1/retention/plans", ScriptedServer.json("{\"items\":[%s]}".formatted(plan)))
			.on("GET /api/v1/retention/plans/3f0c",
					ScriptedServer.json("{\"plan\":%s,\"restorePoints\":[%s,%s]}".formatted(plan,
							decision("22", "keep", "newest proven"), decision("21", "remove", "no rule keeps it"))));

		Outcome outcome = remote("retention", "plan", "gitea");

		assertThat(outcome.out()).isEqualTo("""
				gitea   last 1, UTC   1 stay, 1 go (4 MiB)
				  stays   nightly 2026-11-22T02:30:00Z   proven   newest proven
				  goes    nightly 2026-11-21T02:30:00Z   proven   no rule keeps it; with it goes what was exported: sql
				  the pin of 2026-11-01T01:30:00Z pins nothing: no restore point of that night is there
				  plan 3f0c
				""");
		assertThat(server.requests().get(0).body()).isEqualTo("{\"application\":\"gitea\"}");
	}

	private static String decision(String day, String decision, String reason) {
		return """
				{"job":"nightly","scheduledFor":"2026-11-%sT02:30:00Z","takenAt":"2026-11-%sT02:30:01Z","condition":"proven",
				"decision":"%s","reasons":["%s"],"bytes":4194304,"backups":[],"exports":["sql"]}"""
			.formatted(day, day, decision, reason);
	}

	@Test
	void aPlanThatIsNoLongerSoIsNotCarriedOut() {
		server.on("POST /api/v1/retention/plans/3f0c/apply",
				ScriptedServer.problem(409, "PLAN_CHANGED", "the plan is 77aa, and '3f0c' was approved", "look again"));

		Outcome outcome = remote("retention", "apply", "3f0c", "--watch");

		assertThat(outcome.errors())
			.isEqualTo("longhaul: the plan is 77aa, and '3f0c' was approved   [PLAN_CHANGED]\nhint: look again\n");
		assertThat(outcome.status()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--server=http://longhaul.example.org", "--server=https://x@longhaul.example.org",
			"--token-file=/nowhere", "--ca-file=/nowhere" })
	void whatIsWrongWithTheConnectionIsSaidBeforeAnybodyIsCalled(String option) {
		Outcome outcome = remote("whoami", option);

		assertThat(outcome.errors()).hasLineCount(2).contains("\nhint: ").doesNotContain("lh_secret");
		assertThat(outcome.status()).isEqualTo(2);
		assertThat(server.requests()).isEmpty();
	}

	@Test
	void whoIsMeantHasToBeSaidSomewhere() {
		assertThat(new Cli().run("remote", "whoami").errors())
			.startsWith("longhaul: nothing says which server is meant   [INVALID_USAGE]\nhint: name it with --server");
		assertThat(new Cli().run("remote", "whoami", "--server", server.url()).errors())
			.startsWith("longhaul: nothing says where the token is   [MISSING_CREDENTIALS]\nhint: name the file");
	}

	@Test
	void itsOptionsMayStandAnywhere() {
		server.on("GET /api/v1/me", ScriptedServer.json("{\"name\":\"ci\",\"scopes\":[\"read\"]}"));
		String token = directory.resolve("token").toString();

		assertThat(new Cli().run("remote", "--server", server.url(), "whoami", "--token-file", token).out())
			.isEqualTo("ci   read\n");
		assertThat(new Cli().run("remote", "whoami", "--server", server.url(), "--token-file", token).status())
			.isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "applications", "verdicts", "points", "volumes", "runs list", "runs show", "runs start",
			"runs watch", "runs cancel", "runs log", "jobs list", "jobs show", "jobs put", "jobs pause", "jobs resume",
			"retention plan", "retention apply", "targets", "coverage", "readings", "ledger", "tokens list",
			"tokens create", "tokens revoke", "audit list", "audit export", "whoami" })
	void everyCommandShowsAnExample(String command) {
		String[] words = ("remote " + command + " --help").split(" ", -1);

		assertThat(new Cli().run(words).out()).contains("Usage: longhaul remote " + command, "Examples:", "--server");
	}

}
