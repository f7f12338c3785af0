package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote runs show}.
 */
@Command(name = "show", header = "Show a run, and why it has failed.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote runs show 0193…")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ShowRunCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "ID", description = "Of the run.")
	private String id;

	@Mixin
	private final ReportOption report = new ReportOption();

	ShowRunCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		return report.tellOne(remote, remote.get(ApiPath.of("runs", id)), (page, run) -> new RunsText(page).one(run));
	}

}
