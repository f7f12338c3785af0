package dev.longhaul.scheduler.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.run.RunEvent.Work;
import dev.longhaul.scheduler.run.RunStep.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunStepsTest {

	@TempDir
	private Path directory;

	private RunBench bench;

	@BeforeEach
	void open() {
		bench = new RunBench(directory);
	}

	@AfterEach
	void close() {
		bench.close();
	}

	@Test
	void theStepsOfARunAreToldWhileItRunsAndKept() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().plan("gitea", "snapshots");
			run.steps().plan("gitea", "backup");
			run.steps().begin("gitea", "snapshots");
			run.steps().end("gitea", "snapshots", State.DONE, "2 taken", 0);
			run.steps().begin("gitea", "backup");
			assertThat(words(bench.runs.steps(run.begun()))).containsExactly("gitea snapshots DONE 2 taken",
					"gitea backup RUNNING ");
			run.steps().end("gitea", "backup", State.DONE, "43 MiB, 2 MiB new\u0000", 2048);
			return NightEnd.PROVEN;
		});

		List<RunStep> kept = bench.runs.steps(bench.only());

		assertThat(words(kept)).containsExactly("gitea snapshots DONE 2 taken",
				"gitea backup DONE 43 MiB, 2 MiB new\\u0000");
		assertThat(kept).allSatisfy(step -> {
			assertThat(step.started()).isNotNull();
			assertThat(step.ended()).isAfterOrEqualTo(step.started());
		});
		assertThat(bench.runs.moved(List.of(bench.only().id()))).isEqualTo(Map.of(bench.only().id(), 2048L));
	}

	@Test
	void whatWasUnderWayWhenARunEndsHasFailedOrWasInterruptedAndTheRestIsSkipped() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().plan("", "judgement");
			run.steps().begin("gitea", "backup");
			throw new RefusedRequest(FailureCode.TARGET_UNREACHABLE, "no answer", "");
		});
		assertThat(words(bench.runs.steps(bench.only()))).containsExactly(" judgement SKIPPED ",
				"gitea backup FAILED ");

		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().begin("gitea", "backup");
			throw new Interruption("told to stop");
		});
		assertThat(words(bench.runs.steps(bench.all().get(0)))).containsExactly("gitea backup INTERRUPTED ");
	}

	@Test
	void whatAKilledProcessLeftUnderWayWasInterrupted() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().begin("gitea", "backup");
			bench.jdbc.sql("UPDATE RUN SET OUTCOME = 'running'").update();
			RunFloor next = new RunFloor(bench.journal, bench.program, List::of, new RunTallies(), Clock.systemUTC());
			RunRecord left = next.recover().get(0);
			assertThat(words(new Runs(next, bench.journal).steps(left))).containsExactly("gitea backup INTERRUPTED ");
			return NightEnd.PROVEN;
		});
	}

	@Test
	void whatFailsWithOneSubjectEndsThatOneOnly() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().plan("gitea", "snapshots");
			run.steps().plan("gitea", "backup");
			run.steps().begin("gitea", "snapshots");
			run.steps().begin("nextcloud", "snapshots");
			run.progressed("gitea/db", Work.UPLOAD, 40, 100);
			run.progressed("nextcloud/data", Work.UPLOAD, 10, 100);
			run.progressed("nextcloud/data", Work.UPLOAD, 30, 100, new ByteSize(3000));
			run.steps().fail("gitea", "not quiet");

			assertThat(words(bench.runs.steps(run.begun()))).containsExactly("gitea snapshots FAILED not quiet",
					"gitea backup SKIPPED ", "nextcloud snapshots RUNNING ");
			assertThat(bench.runs.moving(run.begun().id())).singleElement().satisfies(moving -> {
				assertThat(moving.now().subject()).isEqualTo("nextcloud/data");
				assertThat(moving.now().bytes()).isEqualTo(3000);
				assertThat(moving.before()).isEqualTo(10);
			});
			return NightEnd.UNPROVEN;
		});
	}

	@Test
	void whatAnEarlierStartHasDoneIsNotWaitedFor() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			run.steps().plan("gitea", "snapshots");
			run.steps().plan("gitea", "backup");
			run.steps().begin("gitea", "backup");

			assertThat(words(bench.runs.steps(run.begun())))
				.containsExactly("gitea snapshots SKIPPED by an earlier start", "gitea backup RUNNING ");
			return NightEnd.PROVEN;
		});
	}

	@Test
	void nobodyCanMakeItsStepsTooMany() {
		bench.carryOut(RunBench.TONIGHT, run -> {
			for (int i = 0; i <= RunSteps.MOST; i++) {
				run.steps().plan("application " + i, "backup");
			}
			run.steps().end("one more", "backup", State.DONE, "", 0);

			assertThat(bench.runs.steps(run.begun())).hasSize(RunSteps.MOST);
			return NightEnd.PROVEN;
		});
	}

	private static List<String> words(List<RunStep> steps) {
		return steps.stream()
			.map(step -> "%s %s %s %s".formatted(step.subject(), step.name(), step.state(), step.note()))
			.toList();
	}

}
