package dev.longhaul.core.verdict;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.verdict.Proof.Refuted;
import dev.longhaul.core.verdict.Proof.Unread;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerdictTest {

	private static final ApplicationName APPLICATION = new ApplicationName("vaultwarden");

	private static final Proof PROVEN = new Proven(Instant.parse("2026-11-22T02:30:00Z"), 9, ByteSize.ofMebibytes(18));

	private static final Proof REFUTED = new Refuted(Instant.EPOCH, "checksum-mismatch in backup-1");

	private static final Proof UNREAD = new Unread("not read yet");

	@Test
	void holdsWhenEveryClauseHolds() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List.of(bucket("eu", Answer.HOLDS, PROVEN),
				copy("mirror 'nas'", "disk", "home", Answer.FAILS, PROVEN)));

		assertThat(verdict.overall()).isEqualTo(Answer.HOLDS);
		assertThat(verdict.open()).isEmpty();
		assertThat(verdict.judgements()).extracting(Judgement::clause).containsExactly(Clause.values());
	}

	@Test
	void countsTheLiveVolumeAsOneCopy() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List.of(bucket("eu", Answer.HOLDS, PROVEN)));

		assertThat(verdict.on(Clause.COPIES).answer()).isEqualTo(Answer.FAILS);
		assertThat(verdict.on(Clause.COPIES).evidence()).isEqualTo("2 of 3 copies: live volumes, s3://b@eu/");
		assertThat(verdict.on(Clause.MEDIA).answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void doesNotCountACopyThatWasRefuted() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"),
				List.of(bucket("eu", Answer.HOLDS, REFUTED), copy("m", "disk", "home", Answer.FAILS, PROVEN)));

		assertThat(verdict.on(Clause.COPIES).evidence()).isEqualTo("2 of 3 copies: live volumes, m");
	}

	@Test
	void saysWhatWasCheckedBesidesTheBlocks() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List
			.of(bucket("eu", Answer.HOLDS, proven(new CheckResult.Passed("sqlite db on v/data", Instant.EPOCH)))));

		assertThat(verdict.on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.HOLDS,
				"9 blocks, 18 MiB of s3://b@eu/ read back; checked: sqlite db on v/data"));
	}

	@Test
	void doesNotCallFreeOfErrorsWhatCouldNotBeChecked() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"),
				List.of(bucket("eu", Answer.HOLDS, proven(new CheckResult.Passed("sqlite db on v/data", Instant.EPOCH),
						new CheckResult.NotRun("sqlite copy on v/data", "the volume is xfs")))));

		assertThat(verdict.on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.UNKNOWN,
				"9 blocks, 18 MiB of s3://b@eu/ read back; not checked: sqlite copy on v/data, because the volume is xfs"));
		assertThat(verdict.on(Clause.COPIES).evidence()).startsWith("2 of 3 copies");
	}

	@Test
	void nothingIsProvenWhoseCheckFailed() {
		assertThatThrownBy(() -> proven(new CheckResult.Failed("sqlite db", Instant.EPOCH, "row 3 missing")))
			.isInstanceOf(IllegalArgumentException.class);
	}

	private static Proven proven(CheckResult... checks) {
		return new Proven(Instant.parse("2026-11-22T02:30:00Z"), 9, ByteSize.ofMebibytes(18), List.of(checks));
	}

	@Test
	void findsErrorsEvenIfAnotherCopyIsProven() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"),
				List.of(copy("m", "disk", "home", Answer.FAILS, PROVEN), bucket("eu", Answer.HOLDS, REFUTED)));

		assertThat(verdict.on(Clause.ERRORS))
			.isEqualTo(new Judgement(Clause.ERRORS, Answer.FAILS, "checksum-mismatch in backup-1"));
	}

	@Test
	void doesNotTakeUnreadForIntact() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List.of(bucket("eu", Answer.HOLDS, UNREAD)));

		assertThat(verdict.on(Clause.ERRORS)).isEqualTo(new Judgement(Clause.ERRORS, Answer.UNKNOWN, "not read yet"));
	}

	@Test
	void doesNotTakeAnUnknownLockForALock() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"),
				List.of(bucket("eu", Answer.UNKNOWN, PROVEN), copy("m", "disk", "home", Answer.FAILS, PROVEN)));

		assertThat(verdict.on(Clause.IMMUTABLE).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(verdict.overall()).isEqualTo(Answer.UNKNOWN);
	}

	@Test
	void knowsNothingOfDistanceIfNoSiteIsDeclared() {
		assertThat(judgeAway(null, "eu").answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(judgeAway("home", null).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(judgeAway("home", "home"))
			.isEqualTo(new Judgement(Clause.AWAY, Answer.FAILS, "every copy is at 'home'"));
		assertThat(judgeAway("home", "eu").answer()).isEqualTo(Answer.HOLDS);
	}

	@Test
	void failsWithoutAnyBackup() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List.of());

		assertThat(verdict.overall()).isEqualTo(Answer.FAILS);
		assertThat(verdict.on(Clause.ERRORS).evidence()).isEqualTo("there is no backup");
		assertThat(verdict.on(Clause.IMMUTABLE).answer()).isEqualTo(Answer.FAILS);
	}

	@Test
	void listsWhatFailsBeforeWhatIsUnknown() {
		Verdict verdict = Verdict.judge(APPLICATION, live("home"), List.of(bucket(null, Answer.FAILS, UNREAD)));

		assertThat(verdict.open()).extracting(Judgement::answer)
			.containsExactly(Answer.FAILS, Answer.FAILS, Answer.UNKNOWN, Answer.UNKNOWN);
	}

	@Test
	void refusesAJudgementWithoutEvidence() {
		assertThatThrownBy(() -> new Judgement(Clause.AWAY, Answer.HOLDS, " "))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a judgement on AWAY needs its evidence");
	}

	private static Judgement judgeAway(@Nullable String cluster, @Nullable String bucket) {
		return Verdict.judge(APPLICATION, live(cluster), List.of(bucket(bucket, Answer.HOLDS, PROVEN))).on(Clause.AWAY);
	}

	private static Copy live(@Nullable String site) {
		return copy("live volumes", "block storage", site, Answer.FAILS, UNREAD);
	}

	private static Copy bucket(@Nullable String site, Answer immutable, Proof proof) {
		return copy("s3://b@eu/", "object storage", site, immutable, proof);
	}

	private static Copy copy(String place, String medium, @Nullable String site, Answer immutable, Proof proof) {
		return new Copy(place, medium, site, immutable, "object lock", proof);
	}

}
