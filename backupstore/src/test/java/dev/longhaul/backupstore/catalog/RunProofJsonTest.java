package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunProofJsonTest {

	private static final Instant AT = Instant.parse("2026-11-22T02:45:00Z");

	private static final Places PLACES = new Places(Place.ofLiveVolumes(null),
			new Place("s3://bucket@region/", "object storage", "away", Answer.UNKNOWN, "the bucket did not say"));

	@Test
	void readsWhatItWrote() throws MalformedException {
		RunProof proof = new RunProof(new Night(new JobName("nightly"), AT), "0a1b2c", AT, PLACES,
				List.of(application("gitea", new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48)), AT),
						application("nextcloud", new Proof.Refuted(AT, "checksum-mismatch of a block"), null)));

		assertThat(RunProofJson.read(RunProofJson.write(proof))).isEqualTo(proof);
	}

	@Test
	void readsAProofFromBeforePlacesWereRecorded() throws MalformedException {
		RunProof proof = new RunProof(new Night(new JobName("nightly"), AT), "0a1b2c", AT, null, List.of());

		String text = new String(RunProofJson.write(proof), StandardCharsets.UTF_8);

		assertThat(text).doesNotContain("places");
		assertThat(RunProofJson.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(proof);
	}

	@ParameterizedTest
	@MethodSource("proofs")
	void aProofTravelsAlone(Proof proof) throws MalformedException {
		assertThat(ProofJson.read(ProofJson.write(proof))).isEqualTo(proof);
	}

	static List<Proof> proofs() {
		return List.of(new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48)),
				new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48),
						List.of(new CheckResult.Passed("sqlite db.sqlite3 on vault/data", AT),
								new CheckResult.NotRun("sqlite copy on vault/data", "the volume is xfs"))),
				new Proof.Refuted(AT, "missing block"),
				new Proof.Refuted(AT, Proof.Flaw.DATA, "db.sqlite3: row 3 missing from index"),
				new Proof.Unread("no restore point tonight"));
	}

	@Test
	void aProofFromBeforeThereWereChecksHasNone() throws MalformedException {
		String older = ProofJson.write(new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48)));

		assertThat(older).doesNotContain("checks");
		assertThat(ProofJson.read(older)).isEqualTo(new Proof.Proven(AT, 24, ByteSize.ofMebibytes(48), List.of()));
	}

	@Test
	void refusesAResultOfACheckItDoesNotKnow() {
		String proof = ProofJson
			.write(new Proof.Proven(AT, 24, ByteSize.ZERO, List.of(new CheckResult.Passed("sqlite db", AT))))
			.replace("\"passed\"", "\"failed\"");

		assertThatThrownBy(() -> ProofJson.read(proof)).isInstanceOf(MalformedException.class)
			.hasMessage("result of a check is none of passed, not-run: 'failed'");
	}

	@Test
	void refusesAResultItDoesNotKnow() {
		String proof = ProofJson.write(new Proof.Unread("never")).replace("\"unread\"", "\"probably\"");

		assertThatThrownBy(() -> ProofJson.read(proof)).isInstanceOf(MalformedException.class)
			.hasMessage("result is none of proven, refuted, unread: 'probably'");
	}

	private static ApplicationProof application(String name, Proof proof, Instant newestProven) {
		Copy live = new Copy("live volumes", "block storage", "home", Answer.FAILS, "", new Proof.Unread("live"));
		Copy backup = new Copy("s3://bucket@region/", "object storage", null, Answer.UNKNOWN, "the bucket did not say",
				proof);
		return new ApplicationProof(Verdict.judge(new ApplicationName(name), live, List.of(backup)), proof,
				newestProven);
	}

}
