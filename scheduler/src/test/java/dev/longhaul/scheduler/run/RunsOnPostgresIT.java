package dev.longhaul.scheduler.run;

import java.io.IOException;
import java.util.Set;

import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.database.PostgresDatabase;
import dev.longhaul.scheduler.database.PostgresLogin;
import dev.longhaul.scheduler.database.PostgresServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The records of runs in a PostgreSQL. */
class RunsOnPostgresIT {

	@Test
	void runsAreRecordedFoundAndForgotten() throws IOException {
		try (PostgresServer server = PostgresServer.create()) {
			RunBench bench = new RunBench(
					PostgresDatabase.open(PostgresLogin.read(server.url(), server.credentials()), 5));
			bench.carryOut(RunBench.TONIGHT, run -> {
				run.say(RunLine.Level.INFO, "begun");
				throw new RefusedRequest(FailureCode.PREFLIGHT_FAILED, "no room", "make some");
			});
			RunRecord left = bench.floor
				.record(new RunOrder(RunBench.NIGHTLY, RunBench.DUE, new RunCause.ByHand("ada")))
				.begun(RunKind.BACKUP, "cafe", bench.floor.now());
			bench.journal.add(left);

			assertThat(bench.floor.recover()).hasSize(1);

			assertThat(bench.all()).extracting(RunRecord::attempt, RunRecord::outcome)
				.containsExactly(tuple(2, new RunOutcome.Interrupted()),
						tuple(1, new RunOutcome.Failed(FailureCode.PREFLIGHT_FAILED, "no room", "make some")));
			assertThat(bench.runs.list(new RunFilter(RunBench.NIGHTLY, Set.of(RunOutcome.Kind.FAILED)), left.id(), 1)
				.runs()).extracting(RunRecord::cause).containsExactly(new RunCause.ByTheClock());
			assertThat(bench.journal.newestByItself(RunBench.NIGHTLY)).contains(RunBench.DUE);
			assertThat(bench.journal.interrupted(RunBench.NIGHTLY, RunBench.DUE.minusSeconds(1))).isPresent();
			assertThat(bench.runs.lines(bench.all().get(1).id(), 1, 10)).hasSize(3);
			assertThat(bench.carryOut(new RunOrder(RunBench.NIGHTLY, RunBench.DUE, new RunCause.Recovered()),
					run -> NightEnd.PROVEN))
				.isEqualTo(new RunOutcome.Proven());
			bench.close();
		}
	}

}
