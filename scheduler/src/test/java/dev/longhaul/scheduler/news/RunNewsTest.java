package dev.longhaul.scheduler.news;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.scheduler.notification.LogTail;
import dev.longhaul.scheduler.notification.Occasion;
import dev.longhaul.scheduler.run.RunCause;
import dev.longhaul.scheduler.run.RunId;
import dev.longhaul.scheduler.run.RunKind;
import dev.longhaul.scheduler.run.RunOutcome;
import dev.longhaul.scheduler.run.RunRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunNewsTest {

	private static final Instant DUE = Instant.parse("2026-11-22T02:30:00Z");

	private static final Night NIGHT = new Night(new JobName("nightly"), DUE);

	private static final LogTail LOG = new LogTail(List.of("gitea: read back 24 blocks  ok"));

	@Test
	void aProvenRunHasSucceeded() {
		assertThat(occasion(new RunOutcome.Proven()))
			.contains(new Occasion.RunSucceeded(NIGHT, Duration.ofMinutes(12), LOG));
	}

	@Test
	void oneThatIsNotProvenHasFailed() {
		assertThat(occasion(new RunOutcome.Unproven())).containsInstanceOf(Occasion.RunFailed.class)
			.get()
			.satisfies(told -> assertThat(((Occasion.RunFailed) told).code()).isEqualTo(FailureCode.RUN_UNPROVEN));
	}

	@Test
	void oneThatFailedSaysWhyAndWhatToDo() {
		assertThat(occasion(new RunOutcome.Failed(FailureCode.TARGET_UNREACHABLE, "no answer", "look at the network")))
			.contains(new Occasion.RunFailed(NIGHT, FailureCode.TARGET_UNREACHABLE, "no answer", "look at the network",
					LOG));
	}

	@Test
	void ofOneThatWasCancelledOrGoesOnLaterThereIsNothingToTell() {
		assertThat(occasion(new RunOutcome.Cancelled("me"))).isEmpty();
		assertThat(occasion(new RunOutcome.Interrupted())).isEmpty();
	}

	private static Optional<Occasion> occasion(RunOutcome outcome) {
		RunRecord run = new RunRecord(new RunId("019aa9a4-6f00-7000-8000-000000000001"), NIGHT.job(), RunKind.BACKUP,
				DUE, 1, new RunCause.ByTheClock(), "40db5536", DUE, DUE.plus(Duration.ofMinutes(12)), outcome, null);
		return RunNews.occasion(run, LOG);
	}

}
