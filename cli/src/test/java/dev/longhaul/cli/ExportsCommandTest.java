package dev.longhaul.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.stream.AgeKeys;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExportsCommandTest {

	private static final Instant MONDAY = Instant.parse("2026-11-23T02:30:00Z");

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	@TempDir
	private Path directory;

	private final AgeKeys owner = AgeKeys.generate();

	private Path bucket;

	private String url;

	private Path identity;

	@BeforeEach
	void recordTwoNights() throws IOException {
		bucket = Files.createDirectories(directory.resolve("bucket"));
		url = "file://" + bucket;
		identity = owner.writeTo(directory.resolve("key.txt"));
		record(MONDAY.minusSeconds(86_400), "sunday", List.of());
		record(MONDAY, "monday", List.of(owner.recipient()));
	}

	private void record(Instant due, String content, List<Recipient> recipients) {
		Night night = new Night(new JobName("nightly"), due);
		Clock clock = Clock.fixed(due.plusSeconds(300), ZoneOffset.UTC);
		BackupstoreLayout layout = new BackupstoreLayout("");
		try (StreamingStore store = Targets.open(TargetUrl.parse(url), Map.of(), clock)) {
			RunCatalog catalog = new RunCatalog(store, layout, Pause.real(), Seal.none());
			catalog.write(new RunManifest(night, null, url, "1.10.1", null, due, List.of(), Map.of()));
			StoredExport export = new ExportArchive(store, layout, Pause.real(), clock).keep(
					new ExportOrder(night, GITEA, new ExportName("database"), "PostgreSQL, all databases", recipients),
					new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
			Map<ExportName, String> failed = recipients.isEmpty()
					? Map.of(new ExportName("other"), "EXPORT_FAILED: pg_dump ended with 1") : Map.of();
			catalog.write(new RunExports(night, catalog.findManifest(night).orElseThrow().hash(), clock.instant(),
					List.of(new ApplicationExports(GITEA, List.of(export), failed))));
		}
	}

	@Test
	void listsWhatThereIsAndWhoCanReadIt() {
		Outcome outcome = new Cli().run("exports", "list", url, "--utc");

		assertThat(outcome.out()).isEqualTo(
				"""
						%s   2 nights with exports

						20261123t023000z   nightly
						  gitea   database   PostgreSQL, all databases   taken 2026-11-23T02:35:00Z   6 B   for 1 recipient

						20261122t023000z   nightly
						  gitea   database   PostgreSQL, all databases   taken 2026-11-22T02:35:00Z   6 B   not encrypted
						  gitea   other      failed                                                         EXPORT_FAILED: pg_dump ended with 1
						"""
					.formatted(url));
		assertThat(outcome.status()).isZero();
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Outcome outcome = new Cli().run("exports", "list", url, "--output", "json");

		assertThat(Schema.of("exports").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/exports/0/recipients/0/age").asString()).isEqualTo(owner.recipient().value());
		assertThat(outcome.json().at("/exports/1/night").asString()).isEqualTo("20261122t023000z");
		assertThat(outcome.json().at("/failed/0/reason").asString()).isEqualTo("EXPORT_FAILED: pg_dump ended with 1");
	}

	@Test
	void fetchesTheNewestForWhoHasTheIdentity() {
		Path target = directory.resolve("gitea.sql");

		Outcome outcome = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database",
				"--identity", identity.toString(), "--to", target.toString());

		assertThat(outcome.status()).as(outcome.errors()).isZero();
		assertThat(target).hasContent("monday");
		assertThat(outcome.out()).startsWith("database is in " + target).contains("PostgreSQL, all databases, 6 B, ");
	}

	@Test
	void fetchesThatOfOneNight() {
		Path target = directory.resolve("gitea.sql");

		Outcome outcome = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database",
				"--night", "20261122t023000z", "--to", target.toString());

		assertThat(outcome.status()).as(outcome.errors()).isZero();
		assertThat(target).hasContent("sunday");
	}

	@Test
	void saysWhoseIdentityIsNeeded() throws IOException {
		Path target = directory.resolve("gitea.sql");
		Path other = AgeKeys.generate().writeTo(directory.resolve("other.txt"));

		Outcome without = fetch(target);
		Outcome wrong = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database",
				"--identity", other.toString(), "--to", target.toString());

		assertThat(without.status()).isEqualTo(2);
		assertThat(without.errors()).contains("export 'database' of 'gitea' is encrypted for [" + owner.recipient());
		assertThat(wrong.status()).isEqualTo(2);
		assertThat(wrong.errors()).contains("none of the identities in " + other);
		assertThat(target).doesNotExist();
	}

	@Test
	void whatNobodyKeptIsNotFound() {
		Outcome outcome = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "nothing",
				"--to", directory.resolve("x").toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).contains("no night that is believed kept an export 'nothing' of 'gitea'");
	}

	@Test
	void aRecordBesideAnotherManifestIsNotBelieved() throws IOException {
		Path manifest = bucket.resolve("longhaul/runs/nightly/20261123t023000z/manifest.json");
		Files.writeString(manifest, Files.readString(manifest).replace("1.10.1", "1.10.2"));

		Outcome outcome = new Cli().run("exports", "list", url);

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.out()).contains("longhaul/runs/nightly/20261123t023000z/exports.json: it belongs to another "
				+ "manifest than the one beside it");
	}

	@Test
	void aDamagedExportIsToldAndLeavesNothing() throws IOException {
		Path object = bucket.resolve("longhaul/exports/nightly/20261123t023000z/gitea/database.zst.age");
		byte[] stored = Files.readAllBytes(object);
		stored[stored.length - 1] ^= 1;
		Files.write(object, stored);
		Path target = directory.resolve("gitea.sql");

		Outcome outcome = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database",
				"--identity", identity.toString(), "--to", target.toString());

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.errors()).contains("is not what was kept");
		assertThat(target).doesNotExist();
	}

	private Outcome fetch(Path target) {
		return new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database", "--to",
				target.toString());
	}

}
