package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.JobsText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.core.run.JobName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote jobs show}.
 */
@Command(name = "show", header = "Show a job: when it runs next, and the commit that declares it.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote jobs show nightly")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ShowJobCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "NAME", description = "The job.")
	private JobName job;

	@Mixin
	private final ReportOption report = new ReportOption();

	ShowJobCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		return report.tellOne(remote, remote.get(ApiPath.of("jobs", job.value())),
				(page, told) -> new JobsText(page).one(told));
	}

}
