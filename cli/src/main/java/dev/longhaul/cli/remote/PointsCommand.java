package dev.longhaul.cli.remote;

import java.time.Instant;
import java.util.concurrent.Callable;

import dev.longhaul.cli.render.Points;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.JobName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote points}.
 */
@Command(name = "points", header = "Show the restore points of an application, newest first, or all of one.",
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote points gitea --limit 10",
				"  longhaul remote points gitea nightly 2026-11-22T02:30:00Z" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class PointsCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(index = "0", paramLabel = "APPLICATION", description = "Whose restore points.")
	private ApplicationName application;

	@Parameters(index = "1", arity = "0..1", paramLabel = "JOB", description = "That took the one to be shown whole.")
	private @Nullable JobName job;

	@Parameters(index = "2", arity = "0..1", paramLabel = "INSTANT", description = "That its night was scheduled for.")
	private @Nullable Instant scheduledFor;

	@Mixin
	private final PartOption part = new PartOption();

	@Mixin
	private final ReportOption report = new ReportOption();

	PointsCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		String name = application.value();
		if (job == null) {
			Answer answer = remote.get(part.of(ApiPath.of("applications", name, "restore-points")));
			part.note(answer, remote.surroundings().errors());
			return report.tellAll(remote, answer, (page, points) -> new Points(page).list(points));
		}
		if (scheduledFor == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"nothing says which night of '%s' is meant".formatted(job),
					"'longhaul remote points %s' lists them with their instants".formatted(name));
		}
		return report.tellOne(remote,
				remote.get(ApiPath.of("applications", name, "restore-points", job.value(), scheduledFor.toString())),
				(page, details) -> new Points(page).details(details));
	}

}
