package dev.longhaul.core.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The scripts of the dumps, run by a real shell, with programs of the containers played
 * by scripts that note how they were called.
 */
@Timeout(60)
class DumpScriptsTest {

	private static final Place PLACE = new Place(new Workload(Workload.Kind.STATEFUL_SET, "data", "db"), null);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final ExportName NAME = new ExportName("database");

	@TempDir
	private Path directory;

	private Path programs;

	@BeforeEach
	void makeDirectories() throws IOException {
		programs = Files.createDirectories(directory.resolve("bin"));
	}

	@Test
	void mariadbFindsThePasswordWhereTheImageKeepsItAndTellsNobody() throws Exception {
		program("mariadb-dump", "echo \"$MYSQL_PWD: $@\"");
		Path file = Files.writeString(directory.resolve("secret"), "of-a-file");
		String options = ": --user=root --single-transaction --quick --routines --events --triggers --hex-blob "
				+ "--default-character-set=utf8mb4 ";

		assertThat(run(Dump.ofMariadb(NAME, PLACE, null, HOUR), Map.of("MARIADB_ROOT_PASSWORD", "plain")))
			.isEqualTo(new Outcome(0, "plain" + options + "--all-databases --flush-privileges\n", ""));
		assertThat(run(Dump.ofMariadb(NAME, PLACE, "cloud; rm -rf", HOUR),
				Map.of("MYSQL_ROOT_PASSWORD_FILE", file.toString())))
			.isEqualTo(new Outcome(0, "of-a-file" + options + "--databases cloud; rm -rf\n", ""));
	}

	@Test
	void anOlderImageHasAnotherProgram() throws Exception {
		program("mysqldump", "echo \"$0\"");

		assertThat(run(Dump.ofMariadb(NAME, PLACE, null, HOUR), Map.of()).output()).endsWith("/mysqldump\n");
	}

	@Test
	void whatHasNoDumpSaysSo() throws Exception {
		assertThat(run(Dump.ofMariadb(NAME, PLACE, null, HOUR), Map.of()))
			.isEqualTo(new Outcome(1, "", "there is neither mariadb-dump nor mysqldump in this container\n"));
		assertThat(run(Dump.ofSqlite(NAME, PLACE, "/data/db.sqlite3", HOUR), Map.of()))
			.isEqualTo(new Outcome(1, "", "there is no sqlite3 in this container to dump /data/db.sqlite3 with\n"));
	}

	@Test
	void postgresqlDumpsAllOrOne() throws Exception {
		program("pg_dumpall", "echo \"all $PGPASSWORD: $@\"");
		program("pg_dump", "echo \"one $PGPASSWORD: $@\"");

		assertThat(run(Dump.ofPostgresql(NAME, PLACE, null, HOUR),
				Map.of("POSTGRES_USER", "app", "POSTGRES_PASSWORD", "plain")))
			.isEqualTo(new Outcome(0, "all plain: --no-password --username app --database postgres\n", ""));
		assertThat(run(Dump.ofPostgresql(NAME, PLACE, "gitea", HOUR),
				Map.of("POSTGRES_USER", "app", "POSTGRES_PASSWORD", "plain", "POSTGRES_POSTGRES_PASSWORD",
						"of-the-superuser")))
			.isEqualTo(new Outcome(0,
					"one of-the-superuser: --no-password --username postgres --create --dbname gitea\n", ""));
	}

	@Test
	void aDumpOfSqliteIsWholeOrFails() throws Exception {
		Path database = Files.writeString(directory.resolve("db.sqlite3"), "");
		Dump dump = Dump.ofSqlite(NAME, PLACE, database.toString(), HOUR);
		program("sqlite3", "echo 'BEGIN TRANSACTION;'; echo 'COMMIT;'");
		assertThat(run(dump, Map.of())).isEqualTo(new Outcome(0, "BEGIN TRANSACTION;\nCOMMIT;\n", ""));

		program("sqlite3", "echo 'BEGIN TRANSACTION;'; echo 'ROLLBACK; -- due to errors'");
		assertThat(run(dump, Map.of())).extracting(Outcome::exit, Outcome::errors)
			.containsExactly(1, "the dump is not whole\n");

		program("sqlite3", "echo 'BEGIN TRANSACTION;'; kill -9 $$");
		assertThat(run(dump, Map.of()).exit()).isEqualTo(1);
		assertThat(run(Dump.ofSqlite(NAME, PLACE, "/no/such/file", HOUR), Map.of()))
			.isEqualTo(new Outcome(1, "", "there is no database /no/such/file\n"));
	}

	@Test
	void theOriginIsForPeople() {
		assertThat(Dump.ofPostgresql(NAME, PLACE, "gitea", HOUR).origin()).isEqualTo("PostgreSQL, database gitea");
		assertThat(Dump.ofMariadb(NAME, PLACE, null, HOUR).origin()).isEqualTo("MariaDB, all databases");
	}

	@Test
	void aPlanHasNoNameTwice() {
		Dump dump = Dump.ofMariadb(NAME, PLACE, null, HOUR);

		assertThatIllegalArgumentException().isThrownBy(() -> new ExportPlan(List.of(), List.of(dump, dump)))
			.withMessage("two exports have the same name");
	}

	private void program(String name, String script) throws IOException {
		Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
	}

	/** With the tools of a system, and no client of a database but those played. */
	private Outcome run(Dump dump, Map<String, String> environment) throws IOException, InterruptedException {
		for (String tool : List.of("cat", "awk")) {
			program(tool, "exec /usr/bin/%s \"$@\"".formatted(tool));
		}
		ProcessBuilder builder = new ProcessBuilder(dump.command());
		builder.environment().clear();
		builder.environment().putAll(environment);
		builder.environment().put("PATH", programs.toString());
		Process process = builder.start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		return new Outcome(process.exitValue(), output, errors);
	}

	private record Outcome(int exit, String output, String errors) {
	}

}
