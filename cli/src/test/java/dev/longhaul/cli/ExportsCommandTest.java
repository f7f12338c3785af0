package dev.longhaul.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import dev.longhaul.core.export.InForce;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExportsCommandTest {

	private static final Instant MONDAY = Instant.parse("2026-11-23T02:30:00Z");

	private static final InForce IN_FORCE = new InForce(
			List.of(new InForce.Image("gitea/gitea:1.24", "docker.io/gitea/gitea@sha256:0f0f")),
			List.of("gitea-10.6.0"));

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
					List.of(new ApplicationExports(GITEA,
							List.of(recipients.isEmpty() ? export : export.during(IN_FORCE)), failed))));
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
						  gitea   in force                                                                  chart gitea-10.6.0, gitea/gitea:1.24

						20261122t023000z   nightly
						  gitea   database   PostgreSQL, all databases   taken 2026-11-22T02:35:00Z   6 B   not encrypted
						  gitea   other      failed                                                         EXPORT_FAILED: pg_dump ended with 1
						"""
					.formatted(url));
		assertThat(outcome.status()).isZero();
	}

	@Test
	void whatWasRemovedIsGone() throws IOException {
		Files.delete(bucket.resolve("longhaul/exports/nightly/20261122t023000z/gitea/database.zst"));

		Outcome text = new Cli().run("exports", "list", url, "--utc");
		Outcome json = new Cli().run("exports", "list", url, "--output", "json");

		assertThat(text.out()).containsPattern("taken 2026-11-22T02:35:00Z +6 B +gone\\n");
		assertThat(text.status()).isZero();
		assertThat(Schema.of("exports").violations(json.out())).isEmpty();
		assertThat(json.json().at("/exports/0/there").asBoolean()).isTrue();
		assertThat(json.json().at("/exports/1/there").asBoolean()).isFalse();
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Outcome outcome = new Cli().run("exports", "list", url, "--output", "json");

		assertThat(Schema.of("exports").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/exports/0/recipients/0/age").asString()).isEqualTo(owner.recipient().value());
		assertThat(outcome.json().at("/exports/1/night").asString()).isEqualTo("20261122t023000z");
		assertThat(outcome.json().at("/exports/0/inForce/images/0/id").asString())
			.isEqualTo("docker.io/gitea/gitea@sha256:0f0f");
		assertThat(outcome.json().at("/exports/0/inForce/charts/0").asString()).isEqualTo("gitea-10.6.0");
		assertThat(outcome.json().at("/exports/1/inForce").isNull()).isTrue();
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

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					gitea   | databse  |                   | no night kept an export 'databse' of 'gitea'  | of the exports of 'gitea': did you mean 'database'?
					gitaa   | database |                   | no night kept an export 'database' of 'gitaa' | of the applications with exports: did you mean 'gitea'?
					gitea   | other    |                   | no night kept an export 'other' of 'gitea'    | of the exports of 'gitea': there are: database
					gitea   | database | 20261121t023000z  | no night '20261121t023000z' has recorded exports | did you mean '20261122t023000z' or '20261123t023000z'?
					gitea   | other    | 20261122t023000z  | no night '20261122t023000z' kept an export 'other' of 'gitea' | of the exports of 'gitea': there are: database
					""")
	void whatNobodyKeptIsNotFoundAndNearNamesAreTold(String application, String export, @Nullable String night,
			String fact, String hint) {
		List<String> arguments = new ArrayList<>(List.of("exports", "fetch", url, "--application", application,
				"--export", export, "--to", directory.resolve("x").toString()));
		if (night != null) {
			arguments.addAll(List.of("--night", night));
		}

		Outcome outcome = new Cli().run(arguments.toArray(String[]::new));

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).contains(fact + "   [EXPORT_NOT_FOUND]", "hint: " + hint);
	}

	@Test
	void anOlderNightDoesNotPassForTheNewest() throws IOException {
		spoilMonday();
		Path target = directory.resolve("gitea.sql");

		Outcome newest = fetch(target);
		Outcome named = new Cli().run("exports", "fetch", url, "--application", "gitea", "--export", "database",
				"--night", "20261122t023000z", "--to", target.toString());

		assertThat(newest.status()).isEqualTo(1);
		assertThat(newest.errors()).contains("20261123t023000z/exports.json", "belongs to another manifest");
		assertThat(named.status()).as(named.errors()).isZero();
		assertThat(target).hasContent("sunday");
	}

	@Test
	void anIdentityThatOthersCanReadIsUsedAndSaid() throws IOException {
		Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r-----"));
		Outcome open = fetch(directory.resolve("a.sql"), "--identity", identity.toString());
		Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
		Outcome closed = fetch(directory.resolve("b.sql"), "--identity", identity.toString());

		assertThat(open.status()).as(open.errors()).isZero();
		assertThat(open.errors()).contains("note: others than its owner may read " + identity);
		assertThat(closed.status()).as(closed.errors()).isZero();
		assertThat(closed.errors()).doesNotContain("others than its owner");
	}

	@Test
	void aFileThatIsThereIsNotTouched() throws IOException {
		Path target = Files.writeString(directory.resolve("gitea.sql"), "mine");

		Outcome outcome = fetch(target, "--identity", identity.toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).contains("'" + target + "' exists already   [OUTPUT_NOT_WRITABLE]");
		assertThat(target).hasContent("mine");
	}

	@Test
	void aRecordBesideAnotherManifestIsNotBelieved() throws IOException {
		spoilMonday();

		Outcome outcome = new Cli().run("exports", "list", url);

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.out()).contains("longhaul/runs/nightly/20261123t023000z/exports.json",
				"belongs to another manifest than the one beside it");
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

	/** Its manifest, which is not signed. */
	private void spoilMonday() throws IOException {
		Path manifest = bucket.resolve("longhaul/runs/nightly/20261123t023000z/manifest.json");
		Files.writeString(manifest, Files.readString(manifest).replace("1.10.1", "1.10.2"));
	}

	private Outcome fetch(Path target, String... more) {
		List<String> arguments = new ArrayList<>(List.of("exports", "fetch", url, "--application", "gitea", "--export",
				"database", "--to", target.toString()));
		arguments.addAll(List.of(more));
		return new Cli().run(arguments.toArray(String[]::new));
	}

}
