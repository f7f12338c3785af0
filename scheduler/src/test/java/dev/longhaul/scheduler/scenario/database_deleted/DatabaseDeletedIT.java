package dev.longhaul.scheduler.scenario.database_deleted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.object.ObjectReader;
import dev.longhaul.backupstore.object.ObjectTooLargeException;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.core.run.ApplicationRecord;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Recorded;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.time.Pause;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.scheduler.scenario.Program;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.scheduler.scenario.Traces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the bucket alone tells what the database told. Method: signed nights; the
 * database is deleted, and the catalogue is rebuilt with the public key.
 */
class DatabaseDeletedIT {

	private static final Night NEXT = new Night(Scene.NIGHT.job(), Scene.NIGHT.scheduledFor().plus(Duration.ofDays(1)));

	private static final Night THIRD = new Night(Scene.NIGHT.job(), NEXT.scheduledFor().plus(Duration.ofDays(1)));

	@TempDir
	private Path directory;

	private Scene scene;

	private Traces traces;

	@BeforeEach
	void signWhatNightsRecord() throws IOException, GeneralSecurityException {
		KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		write("ours.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
		write("ours.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
		scene = Scene.withTwoApplications(directory.resolve("scene"));
		scene.sign(directory.resolve("ours.pem"), directory.resolve("ours.pub"));
		traces = new Traces(scene);
	}

	@AfterEach
	void close() throws IOException {
		scene.close();
	}

	@Test
	void theRebuiltCatalogueTellsTheSameVerdicts() throws IOException {
		assertThat(scene.night().exit()).isZero();
		assertThat(scene.start(NEXT).await().exit()).isZero();
		Map<String, Verdict> told = traces.catalog()
			.findProof(NEXT)
			.orElseThrow()
			.applications()
			.stream()
			.map(RunProof.ApplicationProof::verdict)
			.collect(Collectors.toMap(verdict -> verdict.application().value(), verdict -> verdict));

		Files.delete(scene.database());

		Recorded rebuilt = rebuild();
		assertThat(rebuilt.refusals()).isEmpty();
		assertThat(rebuilt.applications()).hasSize(2).allSatisfy(application -> {
			assertThat(application.judged()).isNotNull();
			assertThat(application.judged().verdict()).isEqualTo(told.get(application.application().value()));
			assertThat(application.points()).extracting(ApplicationRecord.Point::night)
				.containsExactly(NEXT, Scene.NIGHT);
			assertThat(application.newestProven()).contains(application.points().get(0).restorePoint().takenAt());
		});
		assertThat(scene.start(THIRD).await().exit()).isZero();
		assertThat(traces.catalog().findManifest(THIRD).orElseThrow().manifest().before()).isNotNull()
			.satisfies(before -> assertThat(before.scheduledFor()).isEqualTo(NEXT.scheduledFor()));
	}

	@Test
	void aProofThatWasTamperedWithIsSaidAndNotBuiltUpon() throws IOException, ObjectTooLargeException {
		assertThat(scene.night().exit()).isZero();
		String key = "cluster/longhaul/runs/nightly/%s/proof.json".formatted(Scene.NIGHT.stamp());
		String proof = new String(new ObjectReader(scene.store(), Pause.real()).readFully(key, 1 << 20).orElseThrow(),
				StandardCharsets.UTF_8);
		scene.store().put(key, proof.replace("HOLDS", "FAILS").getBytes(StandardCharsets.UTF_8));

		Program.Ended next = scene.start(NEXT).await();

		assertThat(next.exit()).as(next.everything()).isZero();
		assertThat(next.err()).contains("warning: " + key,
				"its signature does not fit: it was changed, or signed by another key");
		assertThat(rebuild().refusals()).singleElement()
			.satisfies(refusal -> assertThat(refusal.subject()).isEqualTo(key));
	}

	private Recorded rebuild() {
		return traces.catalog(Seal.trusting(TrustedKeys.read(List.of(directory.resolve("ours.pub"))))).readAll();
	}

	private void write(String name, String label, byte[] key) throws IOException {
		Files.writeString(directory.resolve(name), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label,
				Base64.getMimeEncoder().encodeToString(key)));
	}

}
