package dev.longhaul.batch.launch;

import java.nio.file.Path;
import java.util.List;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights whose data are checked once their blocks are proven.
 */
class CheckedNightTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final Check DATABASE = new Check.SqliteIntegrity(ClaimRef.parse("gitea/data"),
			new VolumePath("gitea.db"), Check.Location.DECLARED);

	@TempDir
	private Path directory;

	private NightBench bench;

	@BeforeEach
	void open() {
		bench = new NightBench(directory);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void aCheckThatFailsRefutesWhatItsBlocksProve() {
		bench.checkGitea(DATABASE, (point, checks) -> List.of(new CheckResult.Failed("sqlite gitea.db on gitea/data",
				NightBench.NIGHT.scheduledFor(), "row 3 missing from index by_name")));

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		ApplicationProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow().of(GITEA).orElseThrow();
		assertThat(proof.tonight()).isInstanceOfSatisfying(Proof.Refuted.class, refuted -> {
			assertThat(refuted.flaw()).isEqualTo(Proof.Flaw.DATA);
			assertThat(refuted.finding()).isEqualTo("sqlite gitea.db on gitea/data: row 3 missing from index by_name");
		});
		assertThat(proof.verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.FAILS);
		assertThat(proof.newestProven()).isNull();
	}

	@Test
	void aBlockThatIsGoneWhenTheDataAreCheckedIsNoFindingInThem() {
		bench.checkGitea(DATABASE, (point, checks) -> {
			throw new DamagedData(FailureCode.BACKUP_DAMAGED, "block 12 is not in the bucket", "verify it");
		});

		assertThat(bench.run()).isEqualTo(NightEnd.UNPROVEN);

		ApplicationProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow().of(GITEA).orElseThrow();
		assertThat(proof.tonight()).isInstanceOfSatisfying(Proof.Refuted.class, refuted -> {
			assertThat(refuted.flaw()).isEqualTo(Proof.Flaw.BLOCKS);
			assertThat(refuted.finding()).isEqualTo("block 12 is not in the bucket");
		});
	}

	@Test
	void aCheckThatCouldNotBeRunLeavesTheBlocksProvenAndTheClauseOpen() {
		bench.checkGitea(DATABASE,
				(point, checks) -> checks.stream()
					.<CheckResult>map(check -> new CheckResult.NotRun(check.what(), "the volume is xfs"))
					.toList());

		assertThat(bench.run()).isEqualTo(NightEnd.PROVEN);

		ApplicationProof proof = bench.catalog.findProof(NightBench.NIGHT).orElseThrow().of(GITEA).orElseThrow();
		assertThat(proof.tonight()).isInstanceOf(Proof.Proven.class);
		assertThat(proof.verdict().on(Clause.ERRORS).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(proof.verdict().on(Clause.ERRORS).evidence())
			.endsWith("not checked: sqlite gitea.db, because the volume is xfs");
		assertThat(bench.events(NightEvent.Checking.class)).containsExactly(new NightEvent.Checking(GITEA));
	}

}
