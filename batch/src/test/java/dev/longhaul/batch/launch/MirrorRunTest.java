package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.longhaul.batch.mirror.MirrorEvent;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A second copy of what a night has made. */
class MirrorRunTest {

	private static final Applications ALL = new Applications.All();

	@TempDir
	private Path directory;

	private NightBench bench;

	private FollowUpBench followUps;

	@BeforeEach
	void runANight() {
		bench = new NightBench(directory);
		followUps = new FollowUpBench(bench);
		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void everythingIsCopiedWithWhatTheNightHasRecorded() {
		assertThat(followUps.mirror(ALL, new StopSignal())).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.copy.keys()).containsExactlyInAnyOrderElementsOf(
				there(bench.bucket.keys().stream().filter(key -> !key.endsWith("/mirroring.json")).toList()));
		assertThat(followUps.copy.keys()).contains("copy/longhaul/runs/nightly/20261122t023000z/manifest.json",
				"copy/longhaul/runs/nightly/20261122t023000z/proof.json");
	}

	@Test
	void theCopyCountsInTheVerdictAndIsSaidNotToBeProven() {
		followUps.mirror(ALL, new StopSignal());

		Verdict verdict = verdict("gitea");

		assertThat(verdict.on(Clause.COPIES)).isEqualTo(new Judgement(Clause.COPIES, Answer.HOLDS,
				"3 of 3 copies: live volumes, s3://bucket@region/, file:///mnt/nas"));
		assertThat(verdict.on(Clause.ERRORS).evidence())
			.contains("copied and checked on the way to file:///mnt/nas at ", "not read back there");
	}

	@Test
	void aMirrorThatFailsMakesItsCopyUnknown() {
		followUps.mirror(ALL, new StopSignal());
		followUps.copy.goDown();

		assertThatThrownBy(() -> followUps.mirrorTheNextDay()).isInstanceOf(LonghaulException.class);

		assertThat(verdict("gitea").on(Clause.COPIES).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(verdict("gitea").on(Clause.COPIES).evidence()).contains("of file:///mnt/nas nobody knows");
	}

	@Test
	void whatIsDamagedInTheSourceIsNotCountedInTheMirror() {
		damageABlockOf("pvc-gitea");

		followUps.mirror(ALL, new StopSignal());

		assertThat(verdict("gitea").on(Clause.COPIES).evidence()).doesNotContain("nas");
		assertThat(verdict("vaultwarden").on(Clause.COPIES).evidence()).contains("nas");
	}

	@Test
	void onlyTheVolumesOfItsApplicationsAreCopied() {
		Applications vaultwarden = new Applications.Only(Set.of(new ApplicationName("vaultwarden")));

		assertThat(followUps.mirror(vaultwarden, new StopSignal())).isEqualTo(NightEnd.PROVEN);

		assertThat(followUps.copy.keys()).anyMatch(key -> key.contains("/pvc-vaultwarden/"))
			.noneMatch(key -> key.contains("/pvc-gitea"));
	}

	@Test
	void applicationsThatNoNightKnowsAreRefusedInsteadOfCopyingEverything() {
		Applications unknown = new Applications.Only(Set.of(new ApplicationName("paperless")));

		assertThatThrownBy(() -> followUps.mirror(unknown, new StopSignal())).isInstanceOf(LonghaulException.class)
			.hasMessage("no night has recorded a volume of [paperless] that is in memory://bucket");
		assertThat(followUps.copy.keys()).isEmpty();
	}

	@Test
	void aDamagedSourceFailsTheRunAfterEverythingHealthyIsCopied() {
		damageABlockOf("pvc-gitea");

		assertThat(followUps.mirror(ALL, new StopSignal())).isEqualTo(NightEnd.UNPROVEN);

		assertThat(followUps.copy.keys()).anyMatch(key -> key.contains("/pvc-gitea-db/backups/"))
			.anyMatch(key -> key.contains("/pvc-vaultwarden/backups/"))
			.noneMatch(key -> key.contains("/pvc-gitea/backups/"));
		assertThat(followUps.mirrorEvents).last()
			.isInstanceOfSatisfying(MirrorEvent.Mirrored.class,
					mirrored -> assertThat(mirrored.report().hasDamage()).isTrue());
	}

	@Test
	void aDestinationThatIsDownFailsTheRunAndOneThatIsToldToStopStops() {
		followUps.copy.goDown();
		assertThatThrownBy(() -> followUps.mirror(ALL, new StopSignal())).isInstanceOf(LonghaulException.class)
			.hasMessageContaining("is down");
		StopSignal stopped = new StopSignal();
		stopped.stop();

		assertThat(followUps.mirror(ALL, stopped)).isEqualTo(NightEnd.STOPPED);
	}

	private void damageABlockOf(String volume) {
		String block = bench.bucket.keys()
			.stream()
			.filter(key -> key.contains("/" + volume + "/blocks/"))
			.findFirst()
			.orElseThrow();
		bench.bucket.put(block, new byte[7]);
	}

	private Verdict verdict(String application) {
		return bench.catalog.readAll()
			.applications()
			.stream()
			.filter(record -> record.application().value().equals(application))
			.findFirst()
			.orElseThrow()
			.judged()
			.verdict();
	}

	private static List<String> there(List<String> keys) {
		return keys.stream().map(key -> "copy/" + key.substring("path/".length())).toList();
	}

}
