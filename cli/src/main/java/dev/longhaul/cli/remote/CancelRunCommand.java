package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote runs cancel}.
 */
@Command(name = "cancel", header = "End a run in order: what is quiet is released, and nobody goes on with it.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote runs cancel 0193…")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class CancelRunCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "ID", description = "Of the run.")
	private String id;

	@Mixin
	private final ReportOption report = new ReportOption();

	CancelRunCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		return report.tellOne(remote, remote.send(Call.post(ApiPath.of("runs", id, "cancel"))),
				(page, run) -> new RunsText(page).one(run));
	}

}
