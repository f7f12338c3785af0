package dev.longhaul.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.run.Mirroring.Held;
import dev.longhaul.core.run.Mirroring.Seen;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.run.Verification.Reading;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Verdicts over everything that a bucket tells. */
class RecordedTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), DUE);

	private static final Night BEFORE = new Night(new JobName("nightly"), DUE.minus(Duration.ofDays(1)));

	private static final String HASH = "0a1b2c";

	private static final String NAS = "file:///mnt/nas";

	private static final Proof PROVEN = new Proof.Proven(DUE.plusSeconds(600), 24, ByteSize.ofMebibytes(48));

	private static final Place BUCKET = new Place("s3://bucket@region/", "object storage", "away", Answer.FAILS,
			"no object lock");

	private Proof tonight = PROVEN;

	private final List<Verification> verifications = new ArrayList<>();

	private final List<Mirroring> mirrorings = new ArrayList<>();

	private final List<Rehearsal> rehearsals = new ArrayList<>();

	@Test
	void aNightAloneIsJudgedAsItWasThen() {
		assertThat(judged().verdict()).isEqualTo(places().judge(GITEA, List.of(BUCKET.copy(PROVEN)), List.of()));
		assertThat(judged().at()).isEqualTo(DUE.plusSeconds(700));
	}

	@Test
	void aLaterRefutationBeatsTheProofOfTheNight() {
		Instant later = DUE.plusSeconds(9000);
		read(null, HASH, new Proof.Refuted(later, "missing-block: a block"));

		assertThat(on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.FAILS, "missing-block: a block"));
		assertThat(on(Clause.COPIES).evidence()).isEqualTo("1 of 3 copies: live volumes");
		assertThat(judged().at()).isEqualTo(later);
	}

	@Test
	void whatWasRepairedIsProvenAgain() {
		read(null, HASH, new Proof.Refuted(DUE.plusSeconds(9000), "missing-block: a block"));
		read(null, HASH, new Proof.Proven(DUE.plusSeconds(9900), 24, ByteSize.ofMebibytes(48)));

		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void intactBlocksDoNotMakeDamagedDataGood() {
		tonight = new Proof.Refuted(DUE.plusSeconds(600), Proof.Flaw.DATA, "db.sqlite3: row 3 missing from index");
		read(null, HASH, new Proof.Proven(DUE.plusSeconds(9900), 24, ByteSize.ofMebibytes(48)));

		assertThat(on(Clause.ERRORS))
			.isEqualTo(new Judgement(Clause.ERRORS, Answer.FAILS, "db.sqlite3: row 3 missing from index"));
	}

	@Test
	void whatWasCheckedInTheNightIsKnownWhenBlocksAreReadOnceMore() {
		CheckResult passed = new CheckResult.Passed("sqlite db.sqlite3 on gitea/data", DUE.plusSeconds(620));
		tonight = new Proof.Proven(DUE.plusSeconds(600), 24, ByteSize.ofMebibytes(48), List.of(passed));
		read(null, HASH, new Proof.Proven(DUE.plusSeconds(9900), 24, ByteSize.ofMebibytes(48)));

		Recorded recorded = new Recorded(List.of(night()), verifications, mirrorings, rehearsals, List.of());
		assertThat(recorded.applications().get(0).points().get(0).proof())
			.isEqualTo(new Proof.Proven(DUE.plusSeconds(9900), 24, ByteSize.ofMebibytes(48), List.of(passed)));
	}

	@Test
	void aStartIsEvidenceAndAnswersWhatOnlyRunningDataCan() {
		CheckResult open = new CheckResult.NotRun("its database", "a drill starts it");
		tonight = new Proof.Proven(DUE.plusSeconds(600), 24, ByteSize.ofMebibytes(48), List.of(open));
		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.UNKNOWN);

		start(NIGHT, HASH, 9000, Rehearsal.Outcome.STARTED);
		assertThat(on(Clause.ERRORS)).as("nothing is known of its database")
			.isEqualTo(new Judgement(Clause.ERRORS, Answer.UNKNOWN,
					"24 blocks, 48 MiB of s3://bucket@region/ read back; not checked: its database, because a drill starts it"));
		start(NIGHT, HASH, 9900, Rehearsal.Outcome.CHECKED);

		assertThat(on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.HOLDS,
				"24 blocks, 48 MiB of s3://bucket@region/ read back; checked: started on 2026-11-22, in 42 s"));
	}

	@Test
	void whatDidNotStartIsInDoubtUntilItDoes() {
		start(NIGHT, HASH, 9000, Rehearsal.Outcome.FAILED);
		assertThat(on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.UNKNOWN,
				"24 blocks, 48 MiB of s3://bucket@region/ read back; not checked: that it starts, because the drill on "
						+ "2026-11-22 failed: pods were ready"));

		start(NIGHT, HASH, 9900, Rehearsal.Outcome.STARTED);
		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void aStartOfAnEarlierNightIsEvidenceOfTheApplicationAlone() {
		Night earlier = new Night(NIGHT.job(), DUE.minusSeconds(86400));
		start(earlier, "ffffff", -9000, Rehearsal.Outcome.CHECKED);

		assertThat(on(Clause.ERRORS).evidence())
			.endsWith("; checked: started on 2026-11-22, in 42 s, of %s".formatted(earlier));
		Recorded recorded = new Recorded(List.of(night()), verifications, mirrorings, rehearsals, List.of());
		assertThat(recorded.applications().get(0).points().get(0).proof()).isEqualTo(PROVEN);
	}

	@Test
	void aStartProvesNothingOfWhatWasFoundDamaged() {
		tonight = new Proof.Refuted(DUE.plusSeconds(600), "missing-block: a block");
		start(NIGHT, HASH, 9000, Rehearsal.Outcome.CHECKED);

		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.FAILS);
	}

	private void start(Night night, String hash, int seconds, Rehearsal.Outcome outcome) {
		Instant at = DUE.plusSeconds(seconds);
		rehearsals.add(new Rehearsal(new Night(new JobName("drill"), at), at.plusSeconds(60), List
			.of(new Rehearsal.Start(night, GITEA, hash, at, Duration.ofSeconds(42), outcome, "pods were ready"))));
	}

	@Test
	void whatCouldNotBeReadLeavesTheProofOfTheNight() {
		read(null, HASH, new Proof.Unread("TARGET_UNREACHABLE: it is down"));

		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void aReadingUnderAnotherManifestSaysNothing() {
		read(null, "ffffff", new Proof.Refuted(DUE.plusSeconds(9000), "missing-block: a block"));

		assertThat(on(Clause.ERRORS).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void aMirrorIsTheThirdCopyAndNotYetProven() {
		mirror(NIGHT, 1000);

		assertThat(on(Clause.COPIES)).isEqualTo(new Judgement(Clause.COPIES, Answer.HOLDS,
				"3 of 3 copies: live volumes, s3://bucket@region/, file:///mnt/nas"));
		assertThat(on(Clause.IMMUTABLE).answer()).isEqualTo(Answer.HOLDS);
		assertThat(on(Clause.ERRORS).evidence()).isEqualTo("24 blocks, 48 MiB of s3://bucket@region/ read back; copied "
				+ "and checked on the way to file:///mnt/nas at 2026-11-22T02:46:40Z, not read back there");
	}

	@Test
	void damageInAMirrorFailsAndTheMirrorIsNoCopyAnyMore() {
		mirror(NIGHT, 1000);
		read(NAS, HASH, new Proof.Refuted(DUE.plusSeconds(2000), "checksum-mismatch: a block"));

		assertThat(on(Clause.ERRORS))
			.isEqualTo(new Judgement(Clause.ERRORS, Answer.FAILS, "in file:///mnt/nas: checksum-mismatch: a block"));
		assertThat(on(Clause.COPIES).answer()).isEqualTo(Answer.FAILS);
	}

	@Test
	void aMirrorThatWasReadBackIsProvenThere() {
		mirror(NIGHT, 1000);
		read(NAS, HASH, new Proof.Proven(DUE.plusSeconds(2000), 24, ByteSize.ofMebibytes(48)));

		assertThat(on(Clause.ERRORS).evidence()).doesNotContain("not read back");
	}

	@Test
	void aMirrorThatIsBehindSaysSo() {
		mirror(BEFORE, 1000);

		assertThat(on(Clause.COPIES).evidence()).endsWith("file:///mnt/nas (behind: of nightly 2026-11-21T02:30:00Z)");
	}

	@Test
	void aMirrorThatHasNoRestorePointIsNoCopy() {
		mirror(NIGHT, 1000);
		mirrorings.add(new Mirroring(run(2000), DUE.plusSeconds(2000), nas(), null, List.of(new Seen(GITEA, null))));

		assertThat(on(Clause.COPIES).answer()).isEqualTo(Answer.FAILS);
	}

	@Test
	void aMirrorWhoseLastRunFailedIsUnknownAndNeverGreen() {
		mirror(NIGHT, 1000);
		mirrorings
			.add(new Mirroring(run(2000), DUE.plusSeconds(2000), nas(), "TARGET_UNREACHABLE: it is down", List.of()));

		assertThat(on(Clause.COPIES)).isEqualTo(new Judgement(Clause.COPIES, Answer.UNKNOWN,
				"2 of 3 copies: live volumes, s3://bucket@region/; of file:///mnt/nas nobody knows: to-the-nas "
						+ "2026-11-22T03:03:20Z failed: TARGET_UNREACHABLE: it is down"));
		assertThat(on(Clause.AWAY).answer()).isEqualTo(Answer.HOLDS);

		mirror(NIGHT, 3000);
		assertThat(on(Clause.COPIES).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void aMirrorThatNobodyHasLookedAtForLongIsUnknown() {
		mirror(BEFORE, -Duration.ofDays(36).toSeconds());

		assertThat(on(Clause.COPIES).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(on(Clause.COPIES).evidence()).endsWith("nobody has looked at it since 2026-10-17T02:30:00Z");
	}

	@Test
	void aRestorePointIsInItsTargetAndWhereAMirrorWasSeenToHoldIt() {
		mirror(BEFORE, 1000);
		mirror(NIGHT, 2000);
		read(NAS, HASH, new Proof.Proven(DUE.plusSeconds(3000), 24, ByteSize.ofMebibytes(48)));

		assertThat(copies(NIGHT)).extracting(Copy::place, Copy::proof)
			.containsExactly(tuple("s3://bucket@region/", PROVEN),
					tuple(NAS, new Proof.Proven(DUE.plusSeconds(3000), 24, ByteSize.ofMebibytes(48))));
		assertThat(copies(BEFORE)).extracting(Copy::place).containsExactly("s3://bucket@region/", NAS);
	}

	@Test
	void aMirrorThatWasSeenWithoutItSinceIsNoCopyOfARestorePoint() {
		mirror(NIGHT, 1000);
		mirror(BEFORE, 2000);

		assertThat(copies(NIGHT)).extracting(Copy::place).containsExactly("s3://bucket@region/");
	}

	@Test
	void theNewestInAMirrorIsWhatItsLastRunSaw() {
		mirror(NIGHT, 1000);
		mirror(BEFORE, 2000);
		mirrorings.add(new Mirroring(run(3000), DUE.plusSeconds(3000), nas(), "it is down", List.of()));

		assertThat(new Findings(verifications, mirrorings, rehearsals).mirrored(GITEA)).singleElement()
			.satisfies(newest -> {
				assertThat(newest.mirror()).isEqualTo(NAS);
				assertThat(newest.point()).isEqualTo(new Held(BEFORE, HASH));
				assertThat(newest.proof()).isInstanceOf(Proof.Unread.class);
			});
	}

	@Test
	void anApplicationIsInANightOnce() {
		RecordedRun night = night();
		List<RestorePoint> twice = List.of(night.manifest().manifest().restorePoints().get(0),
				night.manifest().manifest().restorePoints().get(0));

		assertThatThrownBy(
				() -> new RunManifest(NIGHT, null, "s3://bucket@region/", "v1.12.1", null, DUE, twice, Map.of()))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("an application has one restore point in nightly 2026-11-22T02:30:00Z");
	}

	private List<Copy> copies(Night night) {
		return new Findings(verifications, mirrorings, rehearsals).copies(GITEA, new Held(night, HASH), BUCKET, PROVEN);
	}

	private void read(@Nullable String mirror, String hash, Proof proof) {
		Night run = new Night(new JobName("proof"), DUE.plusSeconds(verifications.size()));
		verifications
			.add(new Verification(run, DUE.plusSeconds(9999), mirror, List.of(new Reading(NIGHT, GITEA, hash, proof))));
	}

	private void mirror(Night newest, long secondsLater) {
		mirrorings.add(new Mirroring(run(secondsLater), DUE.plusSeconds(secondsLater), nas(), null,
				List.of(new Seen(GITEA, new Held(newest, HASH)))));
	}

	private static Night run(long secondsLater) {
		return new Night(new JobName("to-the-nas"), DUE.plusSeconds(secondsLater));
	}

	private static Place nas() {
		return new Place(NAS, "file system", "attic", Answer.HOLDS, "objects are locked");
	}

	private Judgement on(Clause clause) {
		return judged().verdict().on(clause);
	}

	private ApplicationRecord.Judged judged() {
		Recorded recorded = new Recorded(List.of(night()), verifications, mirrorings, rehearsals, List.of());
		ApplicationRecord.Judged judged = recorded.applications().get(0).judged();
		assertThat(judged).isNotNull();
		return judged;
	}

	private static Places places() {
		return new Places(Place.ofLiveVolumes("home"), BUCKET);
	}

	private RecordedRun night() {
		RestorePoint point = new RestorePoint(GITEA,
				List.of(new VolumeBackup(ClaimRef.parse("gitea/data"), new VolumeName("pvc-1"),
						new SnapshotName("snapshot"), DUE, new BackupName("backup"), ByteSize.ofMebibytes(48))));
		RunManifest manifest = new RunManifest(NIGHT, null, "s3://bucket@region/", "v1.12.1", null,
				DUE.plusSeconds(500), List.of(point), Map.of());
		ApplicationProof proof = new ApplicationProof(places().judge(GITEA, List.of(BUCKET.copy(tonight)), List.of()),
				tonight, DUE);
		return new RecordedRun(new RecordedManifest(manifest, HASH),
				new RunProof(NIGHT, HASH, DUE.plusSeconds(700), places(), List.of(proof)), null);
	}

}
