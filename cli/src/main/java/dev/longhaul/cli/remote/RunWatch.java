package dev.longhaul.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a run until it is over, and says what is said in it. Who stops watching does
 * not stop the run.
 */
final class RunWatch {

	private static final Set<String> UNDER_WAY = Set.of("waiting", "running");

	/** Longer than any run that anybody waits for at a terminal. */
	private static final Patience PATIENCE = new Patience(Duration.ofSeconds(1), Duration.ofDays(7));

	/** A server that is started anew is back by then. */
	private static final Duration UNREACHABLE = Duration.ofMinutes(2);

	private final Remote remote;

	private final ReportOption report;

	private @Nullable Instant silentSince;

	RunWatch(Remote remote, ReportOption report) {
		this.remote = remote;
		this.report = report;
	}

	/**
	 * @return the exit status that its outcome stands for
	 * @throws TransientFailure if the server does not answer for two minutes, or the run
	 * lasts for more than a week
	 */
	int follow(String id) {
		Surroundings surroundings = remote.surroundings();
		RunLog log = new RunLog(remote, id, 1);
		Answer end = PATIENCE
			.await(surroundings.clock(), surroundings.pause(), "the run %s, which goes on".formatted(id),
					() -> look(id, log))
			.orElseThrow(
					() -> new TransientFailure(FailureCode.TIMED_OUT, "run %s is not over after a week".formatted(id),
							"watch it again with longhaul remote runs watch " + id));
		report.tellOne(remote, end, (page, run) -> new RunsText(page).one(run));
		return status(end.object());
	}

	/** The log after the run: what was said before its end is not missed. */
	private Optional<Answer> look(String id, RunLog log) {
		try {
			Answer run = remote.get(ApiPath.of("runs", id));
			if (!report.isJson()) {
				RunsText text = new RunsText(report.page(remote));
				log.readOn(line -> remote.surroundings().output().print(text.line(line)));
			}
			silentSince = null;
			return Optional.of(run).filter(now -> !UNDER_WAY.contains(now.object().text("outcome")));
		}
		catch (TransientFailure ex) {
			bear(ex);
			return Optional.empty();
		}
	}

	private void bear(TransientFailure failure) {
		Instant now = remote.surroundings().clock().instant();
		Instant since = silentSince;
		if (since == null) {
			silentSince = now;
			remote.surroundings().errors().println("note: " + failure.fact() + "; the run goes on, so does the watch");
		}
		else if (Duration.between(since, now).compareTo(UNREACHABLE) > 0) {
			throw failure;
		}
	}

	private static int status(Fields run) {
		ExitStatus status = switch (run.text("outcome")) {
			case "proven" -> ExitStatus.PROVEN;
			case "unproven" -> FailureCode.RUN_UNPROVEN.exitStatus();
			case "cancelled", "interrupted" -> ExitStatus.INTERRUPTED;
			default -> ofFailure(run.object("failure"));
		};
		return status.code();
	}

	private static ExitStatus ofFailure(@Nullable Fields failure) {
		String code = (failure != null) ? failure.textOrEmpty("code") : "";
		return Arrays.stream(FailureCode.values())
			.filter(known -> known.name().equals(code))
			.findFirst()
			.map(FailureCode::exitStatus)
			.orElse(ExitStatus.UNAVAILABLE);
	}

}
