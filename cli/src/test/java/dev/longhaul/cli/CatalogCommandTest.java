package dev.longhaul.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.signature.SigningKey;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SeenFileSystem;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogCommandTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), DUE);

	@TempDir
	private Path directory;

	private Path bucket;

	private String url;

	private Path trusted;

	@BeforeEach
	void recordASignedNight() throws IOException, GeneralSecurityException {
		bucket = Files.createDirectories(directory.resolve("bucket"));
		url = "file://" + bucket;
		KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		trusted = pem("ours.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
		SigningKey key = SigningKey.read(pem("ours.pem", "PRIVATE KEY", pair.getPrivate().getEncoded()));
		try (ObjectStore store = Targets.open(TargetUrl.parse(url), Map.of(), Clock.systemUTC())) {
			RunCatalog catalog = new RunCatalog(store, new BackupstoreLayout(""), Pause.real(),
					Seal.of(key, TrustedKeys.read(List.of(trusted))));
			catalog.write(manifest());
			String hash = catalog.findManifest(NIGHT).orElseThrow().hash();
			catalog.write(proof(hash));
			catalog.write(exports(hash));
		}
	}

	@Test
	void tellsWhatIsRecordedOfEveryApplication() {
		Outcome outcome = new Cli().run("catalog", "rebuild", url, "--utc", "--trust", trusted.toString());

		assertThat(outcome.out()).isEqualTo(
				"""
						%s   1 night, 1 restore point

						gitea   ✕  ●   judged 2026-11-22T03:30:00Z, newest proven 2026-11-22T02:30:00Z
						  nightly 2026-11-22T02:30:00Z   taken 2026-11-22T02:30:00Z   1 volume   2 MiB   proven   quiet 3.2 s, 1 export
						"""
					.formatted(url));
		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.status()).isZero();
	}

	@Test
	void writesADocumentForMachines() throws IOException {
		Outcome outcome = new Cli().run("catalog", "rebuild", url, "--trust", trusted.toString(), "--output", "json");

		assertThat(Schema.of("catalog").violations(outcome.out())).isEmpty();
		assertThat(outcome.json().at("/applications/0/verdict").asString()).isEqualTo("fails");
		assertThat(outcome.json().at("/applications/0/clauses/1/evidence").asString()).isEqualTo("1 block read back");
		assertThat(outcome.json().at("/applications/0/restorePoints/0/backups/0/claim").asString())
			.isEqualTo("gitea/data");
		assertThat(outcome.json().at("/runs/0/kubernetesVersion").asString()).isEqualTo("v1.33.4+k3s1");
		JsonNode point = outcome.json().at("/applications/0/restorePoints/0");
		assertThat(point.at("/declared/profile/timeout").asString()).isEqualTo("2m");
		assertThat(point.at("/exports/0/name").asString()).isEqualTo("database");
		assertThat(point.at("/exports/0/encrypted").asBoolean()).isFalse();
		assertThat(point.at("/quiet/seconds").asDouble()).isEqualTo(3.21);
		assertThat(point.at("/backups/0/original/size").asLong()).isEqualTo(64L * 1024 * 1024);
		assertThat(point.at("/backups/0/original/replicas").asInt()).isEqualTo(3);
		assertThat(point.at("/backups/0/original/fileSystem/kind").asString()).isEqualTo("xfs");
		assertThat(point.at("/backups/0/original/claim/object/spec/n").asLong()).isEqualTo(1);
		assertThat(point.at("/backups/0/original/persistentVolume/why").asString()).isEqualTo("not bound");
		assertThat(point.at("/backups/0/original/storageClass/state").asString()).isEqualTo("unknown");
	}

	/** A night that an older program has recorded. */
	@Test
	void saysWhatARestoreWillMiss() throws IOException {
		Path older = Files.createDirectories(directory.resolve("older"));
		try (ObjectStore store = Targets.open(TargetUrl.parse("file://" + older), Map.of(), Clock.systemUTC())) {
			RunManifest whole = manifest();
			VolumeBackup backup = whole.restorePoints().get(0).backups().get(0);
			VolumeBackup bare = new VolumeBackup(backup.claim(), backup.volume(), backup.snapshot(),
					backup.snapshotAt(), backup.backup(), backup.size());
			new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), Seal.none())
				.write(new RunManifest(NIGHT, null, "file:///bucket", "v1.12.1", null, DUE.plusSeconds(60),
						List.of(new RestorePoint(new ApplicationName("gitea"), List.of(bare))), Map.of()));
		}

		assertThat(new Cli().run("catalog", "rebuild", "file://" + older, "--utc").out())
			.endsWith("   the night was never judged   claims of 1 volume not recorded\n");
		Outcome json = new Cli().run("catalog", "rebuild", "file://" + older, "--output", "json");
		assertThat(Schema.of("catalog").violations(json.out())).isEmpty();
		assertThat(json.json().at("/applications/0/restorePoints/0/backups/0/original").isNull()).isTrue();
	}

	@Test
	void tellsTheVerdictWithItsEvidenceAndAge() {
		Outcome outcome = new Cli().run("verdict", url, "--utc", "--trust", trusted.toString());

		assertThat(outcome.out()).startsWith("""
				%s   1 application, recorded by 1 night

				gitea   newest proven 2026-11-22T02:30:00Z, at most\s""".formatted(url)).endsWith("""
				 without one in 30 days
				  ✕   3 copies   fails   2 of 3 copies       judged 2026-11-22T03:30:00Z
				  ●   0 errors   holds   1 block read back   judged 2026-11-22T03:30:00Z
				""");
		assertThat(outcome.errors()).isEmpty();
		assertThat(outcome.status()).isZero();
	}

	@Test
	void tellsTheVerdictToMachinesAndToWikis() throws IOException {
		Outcome json = new Cli().run("verdict", url, "--trust", trusted.toString(), "--output", "json");
		Outcome markdown = new Cli().run("verdict", url, "--trust", trusted.toString(), "--output", "markdown");

		assertThat(Schema.of("verdict").violations(json.out())).isEmpty();
		assertThat(json.json().at("/applications/0/verdict").asString()).isEqualTo("fails");
		assertThat(json.json().at("/applications/0/rpoSeconds").asLong())
			.isEqualTo(json.json().at("/applications/0/longestGapSeconds").asLong());
		assertThat(markdown.out())
			.contains(
					"""
							| application | 3 copies | 2 media | 1 away | 1 immutable | 0 errors | newest proven | longest without, 30 days |
							| --- | --- | --- | --- | --- | --- | --- | --- |
							| gitea | ✕ | ◌ | ◌ | ◌ | ● | 2026-11-22T02:30:00Z |\s""")
			.endsWith("""

					## gitea

					Judged 2026-11-22T03:30:00Z.

					- ✕ copies: 2 of 3 copies
					""");
	}

	@Test
	void saysThatNobodyCheckedTheSignatures() {
		Outcome outcome = new Cli().run("catalog", "rebuild", url);

		assertThat(outcome.errors())
			.isEqualTo("note: signatures were not checked; --trust FILE names the public key\n");
		assertThat(outcome.status()).isZero();
	}

	@Test
	void refusesWhatWasTamperedWithAndNamesIt() throws IOException {
		Path manifest = bucket.resolve("longhaul/runs/nightly/20261122t023000z/manifest.json");
		Files.writeString(manifest, Files.readString(manifest).replace("v1.12.1", "v1.12.2"), StandardCharsets.UTF_8);

		Outcome outcome = new Cli().run("catalog", "rebuild", url, "--trust", trusted.toString());

		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.out()).startsWith(url + "   0 nights, 0 restore points\n\nNot believed:\n")
			.contains("longhaul/runs/nightly/20261122t023000z/manifest.json",
					"its signature does not fit: it was changed, or signed by another key");
	}

	@Test
	void saysThatNoNightHasWrittenThere() throws IOException {
		Path other = Files.createDirectories(directory.resolve("other"));

		String expected = "\n\nno night is recorded here; 'longhaul verify' reads what Longhorn itself has written\n";
		assertThat(new Cli().run("catalog", "rebuild", "file://" + other).out()).endsWith(expected);
		assertThat(new Cli().run("verdict", "file://" + other).out()).endsWith(expected);
	}

	@Test
	void refusesAKeyThatIsNone() throws IOException {
		Path none = Files.writeString(directory.resolve("none.pub"), "ssh-ed25519 AAAA me@home");

		Outcome outcome = new Cli().run("catalog", "rebuild", url, "--trust", none.toString());

		assertThat(outcome.status()).isEqualTo(2);
		assertThat(outcome.errors()).isEqualTo("""
				longhaul: '%s' is no PEM file of one PUBLIC KEY   [INVALID_CONFIGURATION]
				hint: openssl pkey -in PRIVATE -pubout -out FILE makes one of a private key
				""".formatted(none));
	}

	private Path pem(String name, String label, byte[] key) throws IOException {
		return Files.writeString(directory.resolve(name), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
			.formatted(label, Base64.getMimeEncoder().encodeToString(key)));
	}

	private static RunExports exports(String manifestHash) {
		Fingerprint bytes = new Fingerprint(ByteSize.ofMebibytes(1), "0a".repeat(32));
		return new RunExports(NIGHT, manifestHash, DUE,
				List.of(new ApplicationExports(new ApplicationName("gitea"),
						List.of(new StoredExport(new ExportName("database"), "PostgreSQL, all databases", bytes, bytes,
								List.of(), DUE, DUE)),
						Map.of())));
	}

	private static RunManifest manifest() {
		VolumeBackup backup = new VolumeBackup(ClaimRef.parse("gitea/data"), new VolumeName("pvc-1"),
				new SnapshotName("snapshot"), DUE, new BackupName("backup"), ByteSize.ofMebibytes(2),
				new Original(ByteSize.ofMebibytes(64), 3,
						new SeenFileSystem(new FileSystem(FileSystem.Kind.XFS,
								UUID.fromString("6f1b3c1e-2a4d-4e8f-9a0b-1c2d3e4f5a6b")), DUE),
						new ClaimObjects(new ObjectCopy.Kept(JsonObject.of(Map.of("spec", Map.of("n", 1)))),
								new ObjectCopy.Absent("not bound"), new ObjectCopy.Unknown("forbidden"))));
		RestorePoint point = new RestorePoint(new ApplicationName("gitea"),
				JsonObject.of(Map.of("profile", Map.of("timeout", "2m"))),
				new QuietWindow(DUE.minusSeconds(1), Duration.ofMillis(3210)), List.of(backup));
		return new RunManifest(NIGHT, null, "file:///bucket", "v1.12.1", "v1.33.4+k3s1", null, DUE.plusSeconds(60),
				List.of(point), Map.of(new ApplicationName("nextcloud"), "NOT_QUIET: it was not"));
	}

	private static RunProof proof(String manifestHash) {
		Verdict verdict = new Verdict(new ApplicationName("gitea"),
				List.of(new Judgement(Clause.COPIES, Answer.FAILS, "2 of 3 copies"),
						new Judgement(Clause.ERRORS, Answer.HOLDS, "1 block read back")));
		return new RunProof(NIGHT, manifestHash, DUE.plusSeconds(3600), null,
				List.of(new RunProof.ApplicationProof(verdict,
						new Proof.Proven(DUE.plusSeconds(3600), 1, ByteSize.ofMebibytes(2)), DUE)));
	}

}
