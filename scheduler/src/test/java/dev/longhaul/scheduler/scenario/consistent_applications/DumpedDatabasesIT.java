package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.workload.Place;
import dev.longhaul.scheduler.scenario.Tool;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.Kubectl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a dump that a night kept brings a database back without Longhorn. Method: real
 * databases in pods are dumped while they are written to; each dump is fetched with the
 * identity of its recipient and read by a fresh server, whose rows are compared with what
 * was asked of the one in the pod.
 */
class DumpedDatabasesIT {

	private static final ExportName DATABASE = new ExportName("database");

	private static final int ROWS = 5_000;

	/** With what is neither ASCII nor text. */
	private static final String LEDGER_OF_CLOUD = "SELECT COUNT(*), SUM(id), SHA2(GROUP_CONCAT(HEX(entry), HEX(stamp) "
			+ "ORDER BY id), 256) FROM nextcloud.ledger";

	private static final AgeKeys OWNER = AgeKeys.generate();

	private static Household household;

	private static RunExports exports;

	@BeforeAll
	static void dump(@TempDir Path directory) throws IOException {
		Tool.requireRoot();
		Tool.require("postgres", "psql", "pg_dumpall", "initdb", "sqlite3", "setpriv", "mariadb-dump",
				"mariadb-install-db", "mariadb", "mariadbd");
		household = Household.open(directory, List.of(new Vault(), new Forge(), new Cloud()), 20261123);
		writeWhatStays(household.scene().cluster().kubectl());
		household.declare(DumpedDatabasesIT::exporting);
		RunManifest manifest = household.night();
		exports = household.exports(manifest.night());
	}

	@AfterAll
	static void close() throws IOException {
		if (household != null) {
			household.close();
		}
	}

	/** The applications go on writing into tables of their own. */
	private static void writeWhatStays(Kubectl kubectl) {
		String table = "CREATE TABLE ledger (id INTEGER PRIMARY KEY, entry TEXT NOT NULL)";
		Kubectl.Result postgresql = kubectl.exec("forge", "postgresql", "sh", "-c",
				"PGPASSWORD=$POSTGRES_PASSWORD psql --host=127.0.0.1 --username=postgres --set=ON_ERROR_STOP=1 --command='"
						+ table + "' --command=\"INSERT INTO ledger SELECT n, 'entry ü ' || n || '\\\\' FROM "
						+ "generate_series(1, " + ROWS + ") n\"");
		assertThat(postgresql.exitCode()).as(postgresql.errors()).isZero();
		Kubectl.Result sqlite = kubectl.exec("vault", "vaultwarden", "sqlite3", "-bail", "-cmd", ".timeout 5000",
				"/data/db.sqlite3", table + "; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
						+ ROWS + ") INSERT INTO ledger SELECT i, 'entry ü ' || i FROM n");
		assertThat(sqlite.exitCode()).as(sqlite.errors()).isZero();
		Kubectl.Result mariadb = askMariadb(kubectl,
				"CREATE TABLE ledger (id INTEGER PRIMARY KEY, entry VARCHAR(40) NOT NULL, stamp BLOB NOT NULL) "
						+ "CHARACTER SET utf8mb4; INSERT INTO ledger SELECT seq, CONCAT('entry ü ', seq), "
						+ "UNHEX(MD5(seq)) FROM seq_1_to_" + ROWS);
		assertThat(mariadb.exitCode()).as(mariadb.errors()).isZero();
	}

	private static Kubectl.Result askMariadb(Kubectl kubectl, String sql) {
		return kubectl.exec("cloud", "mariadb", "sh", "-c",
				"MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb --user=root --batch --skip-column-names "
						+ "--default-character-set=utf8mb4 --database=nextcloud --execute=\"" + sql + "\"");
	}

	private static ApplicationDefinition exporting(JudgedApplication application) {
		return application.quiet().exporting(new ExportPlan(List.of(OWNER.recipient()), List.of(dump(application))));
	}

	private static Dump dump(JudgedApplication application) {
		Duration limit = Duration.ofMinutes(2);
		if (application instanceof Forge) {
			return Dump.ofPostgresql(DATABASE, new Place(application.deployment("postgresql"), null), null, limit);
		}
		if (application instanceof Cloud) {
			return Dump.ofMariadb(DATABASE, new Place(application.deployment("mariadb"), null), "nextcloud", limit);
		}
		return Dump.ofSqlite(DATABASE, new Place(application.deployment("vaultwarden"), null), "/data/db.sqlite3",
				limit);
	}

	@Test
	void aFreshPostgresqlHasTheRowsOfTheDump() throws IOException {
		Path directory = Judge.directory();
		try {
			Path sql = fetch("forge", directory);
			Path data = Files.createDirectory(directory.resolve("data"));
			Tool.Said owned = Tool.run(List.of("/bin/chown", "-R", "postgres", directory.toString()), directory);
			assertThat(owned.exit()).as(owned.text()).isZero();
			Tool.Said made = Tool.run(List.of(Tool.path("setpriv"), "--reuid=postgres", "--regid=postgres",
					"--clear-groups", Tool.path("initdb"), "--pgdata=" + data, "--username=postgres", "--auth=trust",
					"--encoding=UTF8", "--locale=C", "--no-sync"), directory);
			assertThat(made.exit()).as(made.text()).isZero();
			try (RestoredPostgresql fresh = RestoredPostgresql.open(data, directory)) {
				fresh.read(sql);

				assertThat(fresh.rows("SELECT count(*), sum(id), md5(string_agg(entry, ',' ORDER BY id)) FROM ledger"))
					.isEqualTo(ledgerOfForge());
				assertThat(fresh.rows("SELECT 'pushes', count(*), '' FROM push").get(0).size()).isPositive();
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	@Test
	void aFreshSqliteHasTheRowsOfTheDump() throws IOException {
		Path directory = Judge.directory();
		try {
			Path sql = fetch("vault", directory);
			Path database = directory.resolve("fresh.sqlite3");
			Tool.Said read = Tool.run(List.of(Tool.path("sqlite3"), "-bail", database.toString(), ".read " + sql),
					directory);
			assertThat(read.exit()).as(read.text()).isZero();

			try (RestoredDatabase fresh = RestoredSqlite.open(database)) {
				assertThat(fresh.faults()).isEmpty();
				assertThat(fresh.rows("SELECT count(*), sum(id), max(entry) FROM ledger"))
					.containsExactly(new Row("" + ROWS, (long) ROWS * (ROWS + 1) / 2, "entry ü 999"));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	@Test
	void aFreshMariadbHasTheRowsOfTheDump() throws IOException {
		Path directory = Judge.directory();
		try {
			Path sql = fetch("cloud", directory);
			try (RestoredMariadb fresh = RestoredMariadb.fresh(directory)) {
				fresh.read(sql);

				List<Row> rows = fresh.rows(LEDGER_OF_CLOUD);
				String[] columns = askMariadb(household.scene().cluster().kubectl(), LEDGER_OF_CLOUD).output()
					.strip()
					.split("\t", -1);
				assertThat(rows).containsExactly(new Row("" + ROWS, Long.parseLong(columns[1]), columns[2]));
				assertThat(fresh.faults()).isEmpty();
				assertThat(fresh.rows("SELECT 'files', COUNT(*), '' FROM nextcloud.oc_filecache").get(0).size())
					.isPositive();
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	@Test
	void nothingOfADumpIsReadableInTheBucket() throws IOException {
		for (RunExports.ApplicationExports application : exports.applications()) {
			assertThat(application.failed()).isEmpty();
			StoredExport export = application.kept().get(0);
			Path stored = household.scene()
				.directory()
				.resolve("bucket/longhorn-backups/cluster/longhaul/exports/nightly/%s/%s/database.zst.age"
					.formatted(exports.night().stamp(), application.application()));
			assertThat(Files.size(stored)).isEqualTo(export.stored().size().bytes());
			assertThat(new String(Files.readAllBytes(stored), StandardCharsets.ISO_8859_1))
				.startsWith("age-encryption.org/v1\n")
				.doesNotContain("ledger");
		}
	}

	private static List<Row> ledgerOfForge() {
		Kubectl.Result asked = household.scene()
			.cluster()
			.kubectl()
			.exec("forge", "postgresql", "sh", "-c",
					"PGPASSWORD=$POSTGRES_PASSWORD psql --host=127.0.0.1 --username=postgres --no-align --tuples-only "
							+ "--command=\"SELECT count(*), sum(id), md5(string_agg(entry, ',' ORDER BY id)) FROM ledger\"");
		String[] columns = asked.output().strip().split("\\|", -1);
		assertThat(columns[0]).isEqualTo("" + ROWS);
		return List.of(new Row(columns[0], Long.parseLong(columns[1]), columns[2]));
	}

	private static Path fetch(String application, Path directory) throws IOException {
		ApplicationName name = new ApplicationName(application);
		Night night = exports.night();
		StoredExport export = exports.find(name, DATABASE)
			.orElseThrow(() -> new AssertionError(exports.applications().toString()));
		Path target = directory.resolve(application + ".sql");
		StreamingStore store = household.scene().store();
		new ExportArchive(store, new Traces(household.scene()).layout(), Pause.real(), Clock.systemUTC()).fetch(night,
				name, export, Identities.read(OWNER.writeTo(directory.resolve("key.txt"))), target, soFar -> {
				});
		return target;
	}

}
