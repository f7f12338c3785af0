package dev.longhaul.backupstore.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.signature.SigningKey;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RecordedRun;
import dev.longhaul.core.run.RunBefore;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy;
import dev.longhaul.core.volume.Original;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunCatalogTest {

	private static final Night FIRST = new Night(new JobName("nightly"), Instant.parse("2026-11-21T02:30:00Z"));

	private static final Night SECOND = new Night(new JobName("nightly"), Instant.parse("2026-11-22T02:30:00Z"));

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	@TempDir
	private Path directory;

	private ObjectStore store;

	private Path trusted;

	private RunCatalog catalog;

	@BeforeEach
	void chooseAKey() throws IOException {
		Files.createDirectories(directory.resolve("bucket"));
		store = Targets.open(TargetUrl.parse("file://" + directory.resolve("bucket")), Map.of(), Clock.systemUTC());
		trusted = directory.resolve("ours.pub");
		catalog = catalog(Seal.of(makeKey("ours"), TrustedKeys.read(List.of(trusted))));
	}

	@AfterEach
	void close() {
		store.close();
	}

	@Test
	void readsBackWhatItSigned() {
		RunManifest manifest = manifest(FIRST, null, 1);
		catalog.write(manifest);
		RecordedManifest recorded = catalog.findManifest(FIRST).orElseThrow();
		catalog.write(proof(recorded));

		assertThat(recorded.manifest()).isEqualTo(manifest);
		assertThat(catalog.findProof(FIRST)).contains(proof(recorded));
		assertThat(text(FIRST, "manifest.json")).endsWith("==\"\n}\n").contains("\"signature\" : \"ed25519:");
	}

	@Test
	void whoHasNoKeyReadsWhatIsSignedAndSignsNothing() {
		catalog.write(manifest(FIRST, null, 1));
		RunCatalog open = catalog(Seal.none());

		assertThat(open.findManifest(FIRST)).isPresent();

		open.write(manifest(SECOND, null, 1));
		assertThat(text(SECOND, "manifest.json")).doesNotContain("signature");
	}

	@Test
	void noBitOfADocumentCanBeChanged() {
		catalog.write(manifest(FIRST, null, 1));
		byte[] signed = bytes(FIRST, "manifest.json");

		for (int i = 0; i < signed.length; i++) {
			byte[] changed = signed.clone();
			changed[i] ^= (byte) (1 << (i % 8));
			store.put(key(FIRST, "manifest.json"), changed);
			assertThatThrownBy(() -> catalog.findManifest(FIRST)).as("byte %d", i)
				.isInstanceOfSatisfying(DamagedData.class,
						failure -> assertThat(failure.code()).isEqualTo(FailureCode.MANIFEST_REFUSED));
		}
	}

	@ParameterizedTest
	@MethodSource
	void noFormOfForgeryIsBelieved(String reason, UnaryOperator<String> forgery) {
		catalog.write(manifest(FIRST, null, 1));
		put(FIRST, "manifest.json", forgery.apply(text(FIRST, "manifest.json")));

		assertThatThrownBy(() -> catalog.findManifest(FIRST)).hasMessageEndingWith(reason);
	}

	static Stream<Object[]> noFormOfForgeryIsBelieved() {
		return Stream.of(
				forgery("it is not signed", text -> text.substring(0, text.indexOf(",\n  \"signature\"")) + "\n}\n"),
				forgery("its signature is not the last field, or none of ours", text -> text + " "),
				forgery("its signature is not the last field, or none of ours",
						text -> text.replace("==\"\n}\n", "==\",\n  \"version\" : 1\n}\n")),
				forgery("it was changed, or signed by another key",
						text -> text.replace("  \"signature\"", "  \"signature\" : \"none\",\n  \"signature\"")),
				forgery("it was changed, or signed by another key", text -> text.replace("v1.12.1", "v1.12.2")));
	}

	private static Object[] forgery(String reason, UnaryOperator<String> change) {
		return new Object[] { reason, change };
	}

	@Test
	void whatIsSignedByAnotherKeyIsRefusedUntilThatKeyIsTrusted() {
		SigningKey other = makeKey("other");
		catalog(Seal.of(other, TrustedKeys.read(List.of(directory.resolve("other.pub")))))
			.write(manifest(FIRST, null, 1));

		assertThatThrownBy(() -> catalog.findManifest(FIRST)).hasMessageContaining("signed by another key");
		TrustedKeys both = TrustedKeys.read(List.of(trusted, directory.resolve("other.pub")));
		assertThat(catalog(Seal.trusting(both)).findManifest(FIRST)).isPresent();
	}

	@Test
	void whatIsRememberedOfItsDocumentsIsOfOnePlaceAndOneTrust() {
		makeKey("other");
		TrustedKeys both = TrustedKeys.read(List.of(trusted, directory.resolve("other.pub")));
		TrustedKeys swapped = TrustedKeys.read(List.of(directory.resolve("other.pub"), trusted));

		assertThat(catalog(Seal.trusting(both)).documents().origin())
			.isEqualTo(catalog(Seal.trusting(swapped)).documents().origin())
			.isNotEqualTo(catalog.documents().origin())
			.startsWith("longhaul/runs/ of %s, signed by one of [".formatted(store.describe()))
			.contains(both.fingerprints().get(0));
		assertThat(catalog(Seal.none()).documents().origin()).endsWith(", signed by anybody or nobody");
	}

	@Test
	void aKeyThatWouldRefuseItselfIsRefused() {
		SigningKey other = makeKey("other");

		assertThatThrownBy(() -> Seal.of(other, TrustedKeys.read(List.of(trusted)))).isInstanceOf(RefusedRequest.class)
			.hasMessage("the signing key belongs to none of the trusted public keys");
	}

	@Test
	void theManifestOfAnotherNightIsRefused() {
		catalog.write(manifest(FIRST, null, 1));
		store.put(key(SECOND, "manifest.json"), bytes(FIRST, "manifest.json"));

		assertThatThrownBy(() -> catalog.findManifest(SECOND))
			.hasMessageEndingWith("it is the one of nightly 2026-11-21T02:30:00Z");
		assertThat(catalog.readAll().refusals()).singleElement()
			.satisfies(refusal -> assertThat(refusal.subject()).isEqualTo(key(SECOND, "manifest.json")));
	}

	@Test
	void anOlderManifestThatWasPutBackIsRefusedByTheNightAfterIt() {
		catalog.write(manifest(FIRST, null, 1));
		byte[] older = bytes(FIRST, "manifest.json");
		catalog.write(manifest(FIRST, null, 2));
		catalog.write(manifest(SECOND, catalog.findManifestBefore(SECOND).orElseThrow(), 3));
		assertThat(catalog.readAll().refusals()).isEmpty();

		store.put(key(FIRST, "manifest.json"), older);

		Recorded recorded = catalog.readAll();
		assertThat(recorded.runs()).extracting(RecordedRun::night).containsExactly(SECOND);
		assertThat(recorded.refusals()).containsExactly(new Recorded.Refusal("nightly 2026-11-21T02:30:00Z",
				"its manifest is not the one that nightly 2026-11-22T02:30:00Z saw, and not a later one: "
						+ "an older one was put back"));
	}

	@Test
	void knowsTheNightsBeforeOneOfTheSameJobNewestFirst() {
		Night third = new Night(SECOND.job(), SECOND.scheduledFor().plus(Duration.ofDays(1)));
		Night forgotten = new Night(SECOND.job(), third.scheduledFor().minus(Duration.ofDays(61)));
		Night ofAnotherJob = new Night(new JobName("nightly-2"), FIRST.scheduledFor());
		List.of(FIRST, SECOND, third, forgotten, ofAnotherJob)
			.forEach(night -> catalog.write(manifest(night, null, 1)));
		store.put(key(new Night(SECOND.job(), FIRST.scheduledFor().plusSeconds(60)), "proof.json"), new byte[1]);

		assertThat(catalog.nightsBefore(third)).containsExactly(SECOND, FIRST);
		assertThat(catalog.nightsBefore(FIRST)).doesNotContain(FIRST, SECOND);
		assertThat(catalog.findManifestBefore(third)).map(RecordedManifest::night).contains(SECOND);
	}

	@Test
	void aNightThatWasFinishedAfterTheNextOneIsBelieved() {
		catalog.write(manifest(FIRST, null, 1));
		catalog.write(manifest(SECOND, catalog.findManifestBefore(SECOND).orElseThrow(), 2));

		catalog.write(manifest(FIRST, null, 3));

		assertThat(catalog.readAll().refusals()).isEmpty();
	}

	@Test
	void aProofOfAnotherManifestProvesNothing() {
		catalog.write(manifest(FIRST, null, 1));
		catalog.write(proof(catalog.findManifest(FIRST).orElseThrow()));
		assertThat(catalog.readAll().applications().get(0).newestProven()).isPresent();

		catalog.write(manifest(FIRST, null, 2));

		Recorded recorded = catalog.readAll();
		assertThat(recorded.refusals())
			.containsExactly(new Recorded.Refusal(key(FIRST, "proof.json"), key(FIRST, "proof.json")
					+ " of %s belongs to another manifest than the one beside it".formatted(store.describe())));
		assertThat(recorded.applications()).singleElement().satisfies(gitea -> {
			assertThat(gitea.newestProven()).isEmpty();
			assertThat(gitea.judged()).isNull();
			assertThat(gitea.points()).singleElement()
				.satisfies(
						point -> assertThat(point.proof()).isEqualTo(new Proof.Unread("the night was never judged")));
		});
	}

	@Test
	void whatOthersPutBesideItIsPassedOver() {
		catalog.write(manifest(FIRST, null, 1));
		store.put("longhaul/runs/nightly/README.md", new byte[1]);
		store.put("longhaul/runs/nightly/20261399t999999z/manifest.json", new byte[1]);
		store.put("longhaul/runs/Nightly!/20261121t023000z/manifest.json", new byte[1]);

		assertThat(catalog.readAll().runs()).hasSize(1);
		assertThat(catalog.readAll().refusals()).isEmpty();
	}

	private RunCatalog catalog(Seal seal) {
		return new RunCatalog(store, new BackupstoreLayout(""), Pause.real(), seal);
	}

	private static RunManifest manifest(Night night, @Nullable RecordedManifest before, int writtenAtHour) {
		RunBefore seen = (before != null) ? new RunBefore(before.night().scheduledFor(), before.hash()) : null;
		return new RunManifest(night, seen, "file:///bucket", "v1.12.1", null,
				SECOND.scheduledFor().plus(Duration.ofHours(writtenAtHour)), List.of(point(night)), Map.of());
	}

	private static RestorePoint point(Night night) {
		VolumeName volume = new VolumeName("pvc-1");
		ObjectCopy claim = new ObjectCopy.Kept(JsonObject.of(Map.of("kind", "PersistentVolumeClaim")));
		Original original = new Original(ByteSize.ofMebibytes(64), 3, null,
				new ClaimObjects(claim, new ObjectCopy.Absent("not bound"), new ObjectCopy.Unknown("forbidden")));
		return new RestorePoint(GITEA, JsonObject.of(Map.of("namespace", "gitea")),
				new QuietWindow(night.scheduledFor(), Duration.ofSeconds(3)),
				List.of(new VolumeBackup(ClaimRef.parse("gitea/data"), volume, new SnapshotName("snapshot"),
						night.scheduledFor(), new BackupName("backup"), ByteSize.ofMebibytes(2), original)));
	}

	private static RunProof proof(RecordedManifest recorded) {
		Verdict verdict = new Verdict(GITEA, List.of());
		Proof proven = new Proof.Proven(recorded.manifest().writtenAt(), 1, ByteSize.ofMebibytes(2));
		return new RunProof(recorded.night(), recorded.hash(), recorded.manifest().writtenAt(), null,
				List.of(new RunProof.ApplicationProof(verdict, proven, recorded.night().scheduledFor())));
	}

	private SigningKey makeKey(String name) {
		try {
			KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
			Path file = Files.writeString(directory.resolve(name + ".pem"),
					pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
			Files.writeString(directory.resolve(name + ".pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
			return SigningKey.read(file);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String label, byte[] key) {
		return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label,
				Base64.getMimeEncoder().encodeToString(key));
	}

	private static String key(Night night, String file) {
		return "longhaul/runs/%s/%s/%s".formatted(night.job(), night.stamp(), file);
	}

	private byte[] bytes(Night night, String file) {
		try {
			return Files.readAllBytes(directory.resolve("bucket").resolve(key(night, file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String text(Night night, String file) {
		return new String(bytes(night, file), StandardCharsets.UTF_8);
	}

	private void put(Night night, String file, String text) {
		store.put(key(night, file), text.getBytes(StandardCharsets.UTF_8));
	}

}
