package dev.longhaul.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.cli.progress.RunProgressLine;
import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.server.ServerEvent;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a run until it is over, and says what is said in it. What the stream of
 * events does not tell, because it broke or was too slow, is read in the log. Who stops
 * watching does not stop the run.
 */
final class RunWatch {

	private static final Set<String> UNDER_WAY = Set.of("waiting", "running");

	/** Longer than any run that anybody waits for at a terminal. */
	private static final Patience PATIENCE = new Patience(Duration.ofSeconds(1), Duration.ofDays(7));

	/** A server that is started anew is back by then. */
	private static final Duration UNREACHABLE = Duration.ofMinutes(2);

	private final Remote remote;

	private final ReportOption report;

	private final RunProgressLine progress;

	private String lastEvent = "";

	private @Nullable Instant silentSince;

	RunWatch(Remote remote, ReportOption report) {
		this.remote = remote;
		this.report = report;
		this.progress = new RunProgressLine(remote.surroundings());
	}

	/**
	 * @return the exit status that its outcome stands for
	 * @throws TransientFailure if the server does not answer for two minutes, or the run
	 * lasts for more than a week
	 */
	int follow(String id) {
		Surroundings surroundings = remote.surroundings();
		RunLog log = new RunLog(remote, id, 1);
		Answer end;
		try {
			end = PATIENCE
				.await(surroundings.clock(), surroundings.pause(), "the run %s, which goes on".formatted(id),
						() -> look(id, log))
				.orElseThrow(() -> new TransientFailure(FailureCode.TIMED_OUT,
						"run %s is not over after a week".formatted(id),
						"watch it again with longhaul remote runs watch " + id));
		}
		finally {
			progress.clear();
		}
		report.tellOne(remote, end, (page, run) -> new RunsText(page).one(run));
		return status(end.object());
	}

	/** The log after the run: what was said before its end is not missed. */
	private Optional<Answer> look(String id, RunLog log) {
		try {
			remote.listen(ApiPath.of("runs", id, "events"), lastEvent, event -> hear(event, log));
			Answer run = remote.get(ApiPath.of("runs", id));
			log.readOn(this::print);
			silentSince = null;
			return Optional.of(run).filter(now -> !UNDER_WAY.contains(now.object().text("outcome")));
		}
		catch (TransientFailure ex) {
			bear(ex);
			return Optional.empty();
		}
	}

	/** Whether there is more to come. */
	private boolean hear(ServerEvent event, RunLog log) {
		lastEvent = event.id();
		switch (event.name()) {
			case "said" -> log.take(event.data().number("line"), event.data(), this::print);
			case "progressed" -> progress.show(event.data());
			default -> {
				// The record says how it has ended.
			}
		}
		return !event.name().equals("ended");
	}

	private void print(Fields line) {
		if (!report.isJson()) {
			progress.clear();
			remote.surroundings().output().print(new RunsText(report.page(remote)).line(line));
		}
	}

	private void bear(TransientFailure failure) {
		Instant now = remote.surroundings().clock().instant();
		Instant since = silentSince;
		progress.clear();
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
