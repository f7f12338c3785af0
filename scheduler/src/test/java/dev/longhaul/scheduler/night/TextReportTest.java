package dev.longhaul.scheduler.night;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import dev.longhaul.batch.backup.FailureNote;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.scheduler.wording.Wording;
import org.junit.jupiter.api.Test;
import org.threeten.extra.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class TextReportTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName NEXTCLOUD = new ApplicationName("nextcloud");

	private final MutableClock clock = MutableClock.of(Nights.JUDGED, ZoneOffset.UTC);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void printsALinePerFinishedApplication() {
		TextReport report = report(0);

		report.on(new NightEvent.Begun(Nights.NIGHT, List.of(GITEA, NEXTCLOUD)));
		report.on(new NightEvent.SnapshotsReady(GITEA, 2, Duration.ofMillis(7400), Duration.ofMillis(3200)));
		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));
		report.on(new NightEvent.BackedUp(Nights.point("gitea"), ByteSize.ofMebibytes(18)));
		report
			.on(new NightEvent.Failed(NEXTCLOUD, new FailureNote(FailureCode.BACKUP_FAILED, "engine crashed", "look")));
		report.on(new NightEvent.ReadBack(Nights.point("gitea"), ByteSize.ofMebibytes(18), Nights.PROVEN));

		assertThat(text(out)).isEqualTo("""
				Night 2026-11-22 02:30  nightly
				  nextcloud     ✕ engine crashed   [BACKUP_FAILED]
				  gitea         snapshots 2/2 7.4 s, quiet 3.2 s   backup 43 MiB (18 MiB new)   read back 24 blocks  ok
				""");
		assertThat(text(err)).isEmpty();
	}

	@Test
	void saysWhatReadingBackFound() {
		TextReport report = report(0);

		report.on(new NightEvent.ReadBack(Nights.point("gitea"), ByteSize.ZERO, Nights.REFUTED));
		report.on(new NightEvent.ReadBack(Nights.point("nextcloud"), ByteSize.ZERO, Nights.UNREAD));

		assertThat(text(out)).contains("read back  ✕ checksum-mismatch: blocks/7a/11/7a11.blk\n")
			.contains("read back  ◌ no restore point tonight");
	}

	@Test
	void saysWhatWasCheckedOnTheDataAndWhatNot() {
		Proof.Proven checked = new Proof.Proven(Nights.JUDGED, 24, ByteSize.ofMebibytes(30),
				List.of(new CheckResult.Passed("sqlite db.sqlite3 on v/data", Nights.JUDGED),
						new CheckResult.NotRun("sqlite copy on v/data", "the volume is xfs")));

		report(0).on(new NightEvent.ReadBack(Nights.point("gitea"), ByteSize.ZERO, checked));

		assertThat(text(out))
			.endsWith("read back 24 blocks  ok, 1 check passed, ◌ not checked: sqlite copy on v/data\n");
	}

	@Test
	void endsWithTheVerdictAndWhyNot() {
		report(0).end(Nights.mixed(), Nights.JUDGED);

		assertThat(text(out)).isEqualTo(
				"""
						              3  2  1  1  0   newest proven                       RPO          why not
						gitea         ✕  ●  ●  ◌  ●   02:30 (9 min 57 s ago)              9 min 57 s   2 of 3 copies: live volumes, s3://bucket@region/
						                                                                               the bucket did not say
						nextcloud     ✕  ●  ●  ◌  ✕   never                               –            1 of 3 copies: live volumes
						                                                                               checksum-mismatch: blocks/7a/11/7a11.blk
						                                                                               the bucket did not say
						vaultwarden   ✕  ●  ●  ◌  ◌   2026-11-21 02:30 (24 h 9 min ago)   24 h 9 min   2 of 3 copies: live volumes, s3://bucket@region/
						                                                                               the bucket did not say
						                                                                               no restore point tonight: BACKUP_FAILED: engine crashed
						""");
	}

	@Test
	void doesNotRepeatTheReasonsOfTheLineAbove() {
		report(0).end(Nights.proven(), Nights.JUDGED);

		assertThat(text(out).lines()).hasSize(4).last().asString().startsWith("vaultwarden").endsWith("   \"");
	}

	@Test
	void saysOfANightProvenBeforeThatNothingWasDone() {
		NightResult proven = Nights.proven();

		report(0).end(new NightResult(NightEnd.PROVEN_BEFORE, proven.manifest(), proven.proof()), Nights.JUDGED);

		assertThat(text(out)).startsWith("Night 2026-11-22 02:30  nightly  proven already at 2026-11-22 02:40\n");
	}

	@Test
	void takesTheLiveLinesAwayBeforeAFailureIsPrinted() {
		TextReport report = report(80);
		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));

		report.failed(new RefusedRequest(FailureCode.PREFLIGHT_FAILED, "the target is away", "wait for it"));

		assertThat(text(err)).endsWith("\n\u001b[1A\u001b[2K");
		assertThat(text(out)).isEmpty();
	}

	@Test
	void letsNothingFromOutsideTakeTheTerminalOver() {
		String hostile = "engine\u001b[2J\u001b]0;owned\u0007\r\n\u009b31mcrashed \u202etxt";
		TextReport report = report(80);

		report.on(new NightEvent.Warned(hostile));
		report.on(new NightEvent.Failed(GITEA, new FailureNote(FailureCode.BACKUP_FAILED, hostile, "wait")));
		report.on(new NightEvent.ReadBack(Nights.point("gitea"), ByteSize.ZERO, new Proof.Unread(hostile)));

		String harmless = "engine\\u001b[2J\\u001b]0;owned\\u0007\\u000d\\u000a\\u009b31mcrashed \\u202etxt";
		assertThat(text(err)).isEqualTo("warning: " + harmless + "\n");
		assertThat(text(out).lines()).hasSize(2)
			.first()
			.isEqualTo("  gitea         ✕ " + harmless + "   [BACKUP_FAILED]");
		assertThat(text(out)).doesNotContain("\u001b", "\r", "\u009b", "\u202e");
	}

	@Test
	void letsNoEvidenceInTheVerdictTakeTheTerminalOver() {
		Proof hostile = new Proof.Unread("no restore\u001b[1A point");

		report(0).end(Nights.result(Nights.application("gitea", hostile, null)), Nights.JUDGED);

		assertThat(text(out)).contains("no restore\\u001b[1A point").doesNotContain("\u001b");
	}

	@Test
	void drawsALineForEachRunningVolumeAndReplacesIt() {
		TextReport report = report(80);
		report.on(new NightEvent.Begun(Nights.NIGHT, List.of(GITEA)));

		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));
		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 45));
		report.on(new NightEvent.BackedUp(Nights.point("gitea"), ByteSize.ZERO));

		String up = "\u001b[1A\u001b[2K";
		assertThat(text(err)).isEqualTo("  gitea         ████████░░░░░░░░░░░░   40%  backup of pvc-1\n" + up
				+ "  gitea         █████████░░░░░░░░░░░   45%  backup of pvc-1\n" + up);
	}

	@Test
	void tellsHowFastAndHowLongStillWhenThereIsAPaceToGoBy() {
		TextReport report = report(120);

		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));
		clock.add(Duration.ofSeconds(10));
		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 50));
		report.on(new NightEvent.BackedUp(Nights.point("gitea"), ByteSize.ZERO));
		clock.add(Duration.ofSeconds(2));
		report.on(new NightEvent.ReadingBack(GITEA, 100, 400, ByteSize.ofMebibytes(96)));

		assertThat(text(err)).contains("50%  50 s left  backup of pvc-1\n")
			.contains("25%  6 s left  96 MiB  48 MiB/s  reading back 100 of 400 blocks\n");
	}

	@Test
	void startsThePaceAnewWhenReadingBackDoes() {
		TextReport report = report(120);
		report.on(new NightEvent.ReadingBack(GITEA, 300, 400, ByteSize.ofMebibytes(96)));
		clock.add(Duration.ofSeconds(2));

		report.on(new NightEvent.ReadingBack(GITEA, 4, 400, ByteSize.ofMebibytes(1)));
		clock.add(Duration.ofSeconds(2));
		report.on(new NightEvent.ReadingBack(GITEA, 8, 400, ByteSize.ofMebibytes(2)));

		assertThat(text(err).lines()).last().asString().contains("  2%  3 min 16 s left  2 MiB  1 MiB/s  ");
	}

	@Test
	void keepsPrintedLinesAboveTheLiveOnes() {
		TextReport report = report(80);
		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));

		report.on(new NightEvent.Warned("a volume is degraded"));

		assertThat(text(err).lines().toList()).hasSize(3)
			.element(1)
			.asString()
			.isEqualTo("\u001b[1A\u001b[2Kwarning: a volume is degraded");
	}

	@Test
	void cutsALiveLineToTheWidthOfTheTerminalBecauseOneThatWrapsCannotBeTakenBack() {
		TextReport report = report(40);

		report.on(new NightEvent.Uploading(GITEA, new VolumeName("pvc-1"), 40));

		assertThat(text(err)).isEqualTo("  gitea         ████████░░░░░░░░░░░░  …\n");
	}

	private TextReport report(int columns) {
		return new TextReport(new LiveLines(stream(out), stream(err), columns), new Wording(ZoneOffset.UTC), clock);
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	private static String text(ByteArrayOutputStream bytes) {
		return bytes.toString(StandardCharsets.UTF_8);
	}

}
