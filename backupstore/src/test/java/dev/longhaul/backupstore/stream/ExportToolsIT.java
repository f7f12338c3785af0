package dev.longhaul.backupstore.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An export is no use if only Longhaul can open it: the tools age and zstd open it too,
 * with a key that age-keygen made.
 */
class ExportToolsIT {

	private static final Night NIGHT = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	@TempDir
	private Path directory;

	@BeforeAll
	static void toolsAreThere() {
		for (String tool : List.of("age", "age-keygen", "zstd")) {
			assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed on this machine");
		}
	}

	@Test
	void theToolsOpenWhatLonghaulKept() throws Exception {
		byte[] dump = new byte[1_000_000];
		new Random(1).nextBytes(dump);
		Path identity = directory.resolve("identity");
		run("age-keygen", "-o", identity.toString());
		Recipient recipient = new Recipient(run("age-keygen", "-y", identity.toString()).strip());
		Path root = Files.createDirectory(directory.resolve("bucket"));
		ExportArchive archive = new ExportArchive(new DirectoryObjectStore(root), new BackupstoreLayout(""),
				duration -> {
				}, Clock.systemUTC());

		StoredExport export = archive.keep(
				new ExportOrder(NIGHT, GITEA, new ExportName("database"), "pg_dump", List.of(recipient)),
				new ByteArrayInputStream(dump));

		Path stored = root.resolve(archive.key(NIGHT, GITEA, export));
		run("age", "-d", "-i", identity.toString(), "-o", directory.resolve("dump.zst").toString(), stored.toString());
		run("zstd", "-q", "-d", directory.resolve("dump.zst").toString());
		assertThat(directory.resolve("dump")).hasBinaryContent(dump);
		archive.fetch(NIGHT, GITEA, export, Identities.read(identity), directory.resolve("fetched"),
				ExportToolsIT::unheard);
		assertThat(directory.resolve("fetched")).hasBinaryContent(dump);
	}

	private static String run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (InputStream output = process.getInputStream()) {
			String said = new String(output.readNBytes(10_000), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(said).isZero();
			return said;
		}
	}

	private static void unheard(long soFar) {
	}

}
