package dev.longhaul.core.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.profile.QuietStep.Hold;
import dev.longhaul.core.profile.QuietStep.Run;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts of the profiles, run by a real shell, with programs of the containers
 * played by scripts that note how they were called.
 */
@Timeout(60)
class ProfileScriptsTest {

	private static final Place PLACE = new Place(new Workload(Workload.Kind.DEPLOYMENT, "cloud", "cloud"), null);

	private static final Duration LIMIT = Duration.ofMinutes(2);

	@TempDir
	private Path directory;

	private Path programs;

	private Path noted;

	@BeforeEach
	void makeDirectories() throws IOException {
		programs = Files.createDirectories(directory.resolve("bin"));
		noted = directory.resolve("noted");
		Files.writeString(noted, "");
	}

	@Test
	void nextcloudSwitchesMaintenanceModeAndKnowsWhetherItIsOn() throws Exception {
		Run step = nextcloud();
		assertThat(run(step.unless()).exit()).isEqualTo(1);

		assertThat(run(step.before())).isEqualTo(new Outcome(0, "Maintenance mode enabled\n", ""));
		assertThat(run(step.unless()).exit()).isZero();
		assertThat(run(step.after())).isEqualTo(new Outcome(0, "Maintenance mode disabled\n", ""));
		assertThat(run(step.unless()).exit()).isEqualTo(1);
		assertThat(run(step.after()).exit()).as("undone twice").isZero();
	}

	@Test
	void nextcloudThatCannotAnswerIsNotTakenForOneThatIsNotInMaintenance() throws Exception {
		Run step = nextcloud();
		Files.writeString(directory.resolve("cloud/occ"), "echo 'An unhandled exception'; exit 1");
		assertThat(run(step.unless()).exit()).isEqualTo(2);

		Files.writeString(directory.resolve("cloud/occ"), "echo 'Nextcloud is not installed'");
		assertThat(run(step.unless())).isEqualTo(
				new Outcome(2, "", "occ does not say whether maintenance mode is on: Nextcloud is not installed\n"));
	}

	@Test
	void vaultwardenCopiesItsDatabaseAndTheCopyIsRemoved() throws Exception {
		Run step = (Run) new VaultwardenProfile(PLACE, LIMIT).steps(1).get(0);
		program("sqlite3", "echo \"$@\" >> " + noted + "; touch " + directory.resolve("longhaul-copy.sqlite3"));
		Map<String, String> environment = Map.of("DATA_FOLDER", directory.toString());

		assertThat(run(step.before(), environment).exit()).isZero();
		assertThat(noted).hasContent(
				"-bail %1$s/db.sqlite3 .timeout 5000 .backup '%1$s/longhaul-copy.sqlite3'".formatted(directory));
		assertThat(directory.resolve("longhaul-copy.sqlite3")).exists();

		assertThat(run(step.after(), environment).exit()).isZero();
		assertThat(run(step.after(), environment).exit()).isZero();
		assertThat(directory.resolve("longhaul-copy.sqlite3")).doesNotExist();
	}

	@Test
	void postgresqlFindsThePasswordWhereTheImageKeepsItAndTellsNobody() throws Exception {
		Run step = (Run) new PostgresqlProfile(PLACE, LIMIT).steps(1).get(0);
		program("psql", "echo \"$PGPASSWORD: $@\" >> " + noted);
		Path file = Files.writeString(directory.resolve("secret"), "of-a-file");

		run(step.before(), Map.of("POSTGRES_USER", "app", "POSTGRES_PASSWORD", "plain"));
		run(step.before(), Map.of("POSTGRES_PASSWORD_FILE", file.toString()));
		run(step.before(), Map.of("POSTGRES_USER", "app", "POSTGRES_PASSWORD", "plain", "POSTGRES_POSTGRES_PASSWORD",
				"of-the-superuser"));
		run(step.before());

		String options = "--no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 --username %s --dbname postgres "
				+ "--command CHECKPOINT";
		assertThat(noted).hasContent(
				String.join("\n", "plain: " + options.formatted("app"), "of-a-file: " + options.formatted("postgres"),
						"of-the-superuser: " + options.formatted("postgres"), ": " + options.formatted("postgres")));
	}

	@Test
	void mariadbHoldsItsLockUntilItsInputEnds() throws Exception {
		program("mariadb", "echo \"$MYSQL_PWD: $@\" >> " + noted + """

				while read -r statement; do
					echo "$statement" >> %s
					case $statement in *"longhaul: held"*) echo "longhaul: held" ;; esac
				done
				echo ended >> %s
				""".formatted(noted, noted));
		Hold step = mariadb(LIMIT);

		Process process = start(step.command(), Map.of("MARIADB_ROOT_PASSWORD", "secret"));
		BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
		assertThat(said.readLine()).isEqualTo(Hold.HELD);
		assertThat(Files.readString(noted)).doesNotContain("ended");
		process.outputWriter().append("still?\n").flush();
		assertThat(said.readLine()).isEqualTo(Hold.HELD);
		process.outputWriter().close();

		assertThat(said.readLine()).isNull();
		assertThat(process.waitFor()).isZero();
		assertThat(noted).hasContent("""
				secret: --user=root --batch --skip-column-names --unbuffered --skip-reconnect
				SET SESSION lock_wait_timeout = 30; FLUSH TABLES WITH READ LOCK; SELECT 'longhaul: held';
				SELECT 'longhaul: held';
				ended
				""");
	}

	@Test
	void mariadbThatRefusesSaysSoAtOnce() throws Exception {
		program("mariadb", "echo 'ERROR 1045 (28000): Access denied' >&2; exit 1");

		Process process = start(mariadb(LIMIT).command(), Map.of());

		assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("longhaul: lost");
		process.outputWriter().close();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aLockThatNobodyEndsEndsByItself() throws Exception {
		program("mariadb", "cat > /dev/null; echo ended >> " + noted);

		Process process = start(mariadb(Duration.ofSeconds(1)).command(), Map.of());

		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(noted).hasContent("ended");
	}

	@Test
	void fileSystemsAreFrozenAndThawWhenTheInputEnds() throws Exception {
		program("fsfreeze", "echo \"$@\" >> " + noted);
		Hold step = freeze(LIMIT);

		Process process = start(step.command(), Map.of());
		assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo(Hold.HELD);
		assertThat(noted).hasContent("--freeze /data\n--freeze /config");
		process.outputWriter().close();

		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(noted).hasContent("--freeze /data\n--freeze /config\n--unfreeze /config\n--unfreeze /data");
	}

	@Test
	void fileSystemsThatNobodyThawsThawByThemselves() throws Exception {
		program("fsfreeze", "echo \"$@\" >> " + noted);

		Process process = start(freeze(Duration.ofSeconds(1)).command(), Map.of());

		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(noted)).endsWith("--unfreeze /config\n--unfreeze /data\n");
	}

	@Test
	void whatWasFrozenBeforeOneThatCannotBeIsThawed() throws Exception {
		program("fsfreeze", "echo \"$@\" >> " + noted + "; [ \"$*\" != '--freeze /config' ]");

		Outcome outcome = run(freeze(LIMIT).command());

		assertThat(outcome.output()).isEqualTo("longhaul: lost\n");
		assertThat(noted).hasContent("--freeze /data\n--freeze /config\n--unfreeze /data");
	}

	@Test
	void thawingWhatIsNotFrozenIsFineAndAnythingElseIsNot() throws Exception {
		Hold step = freeze(LIMIT);
		program("fsfreeze", "echo 'fsfreeze: /data: unfreeze failed: Invalid argument' >&2; exit 1");
		assertThat(run(step.after()).exit()).isZero();

		program("fsfreeze", "echo 'fsfreeze: /data: unfreeze failed: Operation not permitted' >&2; exit 1");
		assertThat(run(step.after()).exit()).isEqualTo(1);
	}

	private Run nextcloud() throws IOException {
		Path cloud = Files.createDirectories(directory.resolve("cloud/config")).getParent();
		Files.writeString(cloud.resolve("config/config.php"), "");
		Files.writeString(cloud.resolve("occ"), """
				case "$*" in
					"maintenance:mode --on") touch on; echo "Maintenance mode enabled" ;;
					"maintenance:mode --off") rm -f on; echo "Maintenance mode disabled" ;;
					"maintenance:mode") [ -e on ] && echo "Maintenance mode is currently enabled" ||
						echo "Maintenance mode is currently disabled" ;;
				esac
				""");
		return (Run) new NextcloudProfile(PLACE, cloud.toString(), "sh occ", Duration.ZERO, LIMIT).steps(2).get(0);
	}

	private static Hold mariadb(Duration limit) {
		return (Hold) new MariadbProfile(PLACE, limit).steps(1).get(0);
	}

	private static Hold freeze(Duration limit) {
		return (Hold) OwnProfile.freeze(PLACE, List.of("/data", "/config"), Duration.ofSeconds(10), limit);
	}

	private void program(String name, String script) throws IOException {
		Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
	}

	private Outcome run(List<String> command) throws Exception {
		return run(command, Map.of());
	}

	private Outcome run(List<String> command, Map<String, String> environment) throws Exception {
		Process process = start(command, environment);
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Outcome(process.waitFor(), output, errors);
	}

	private Process start(List<String> command, Map<String, String> environment) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().clear();
		builder.environment().put("PATH", programs + ":/usr/bin:/bin");
		builder.environment().putAll(environment);
		return builder.start();
	}

	private record Outcome(int exit, String output, String errors) {

	}

}
