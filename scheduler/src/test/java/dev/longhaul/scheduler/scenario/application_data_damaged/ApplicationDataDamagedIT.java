package dev.longhaul.scheduler.scenario.application_data_damaged;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.repository.GitServer;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a database that is damaged on the volume is found the same night, although every
 * block of it is backed up and read back as it is. Method: an index loses an entry
 * between two nights.
 */
class ApplicationDataDamagedIT {

	private static final Night NEXT = new Night(Scene.NIGHT.job(), Scene.NIGHT.scheduledFor().plus(Duration.ofDays(1)));

	@TempDir
	private Path directory;

	private Scene scene;

	private GitServer git;

	@BeforeEach
	void declareAVaultThatIsChecked() throws IOException {
		scene = Scene.withoutApplications(directory.resolve("scene"));
		scene.add("vault",
				List.of(VolumePlan.of(Scene.volume("vault", "data").value(), ByteSize.ofMebibytes(32), "vault/data")
					.withContents(files -> makeDatabase(files.resolve("db.sqlite3")))));
		scene.cluster().attach(Scene.volume("vault", "data"));
		git = GitServer.start(directory.resolve("git"));
		scene.useRepository(git.url());
		git.commit("longhaul/applications/vault.yaml", """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: vault}
				spec:
				  namespace: vault
				  volumes: [claim: data]
				  checks:
				    - sqlite: db.sqlite3
				    - present: rsa_key.pem
				""");
		git.commit("longhaul/jobs/nightly.yaml", """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "30 2 * * *"}
				""");
	}

	@AfterEach
	void close() throws IOException {
		git.close();
		scene.close();
	}

	@Test
	void itIsProvenWhileItIsSoundAndRefutedWhenItIsNot() throws Exception {
		Path left = Files.createDirectories(scratch().resolve("check-of-a-killed-process"));
		Files.writeString(left.resolve("image"), "half of it");
		Traces traces = new Traces(scene);

		Program.Ended sound = scene.night();

		assertThat(sound.exit()).as(sound.everything()).isZero();
		assertThat(sound.out()).containsPattern("  vault +snapshot 1/1 .* ok, 2 checks passed\n");
		assertThat(traces.proof(Scene.NIGHT, "vault")).isInstanceOfSatisfying(Proof.Proven.class,
				proven -> assertThat(proven.checks()).extracting(CheckResult::what)
					.containsExactly("sqlite db.sqlite3 on vault/data", "present rsa_key.pem on vault/data"));
		assertThat(scratch()).isEmptyDirectory();

		dropAnIndexEntry(scene.cluster().files(Scene.volume("vault", "data")).resolve("db.sqlite3"));
		Program.Ended damaged = scene.start(NEXT).await();

		assertThat(damaged.exit()).as(damaged.everything()).isEqualTo(1);
		assertThat(damaged.out())
			.containsPattern("read back  ✕ sqlite db.sqlite3 on vault/data: .*row 3 missing from index by_name");
		assertThat(traces.proof(NEXT, "vault")).isInstanceOf(Proof.Refuted.class);
		assertThat(scratch()).isEmptyDirectory();
	}

	private Path scratch() {
		return scene.directory().resolve("longhaul-scratch");
	}

	private static void makeDatabase(Path file) throws IOException {
		Files.writeString(file.resolveSibling("rsa_key.pem"), "key");
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE ciphers (id INTEGER PRIMARY KEY, name TEXT)");
			statement.execute("CREATE INDEX by_name ON ciphers (name)");
			statement.execute("INSERT INTO ciphers (name) VALUES ('bank'), ('mail'), ('shop')");
		}
		catch (SQLException ex) {
			throw new IOException(ex);
		}
	}

	/** As bad memory does: one number in one page. */
	private static void dropAnIndexEntry(Path file) throws SQLException, IOException {
		long page;
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
				Statement statement = connection.createStatement();
				ResultSet result = statement
					.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'by_name'")) {
			page = result.getLong(1);
		}
		try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
			pages.seek((page - 1) * 4096 + 3);
			pages.writeShort(2);
		}
	}

}
