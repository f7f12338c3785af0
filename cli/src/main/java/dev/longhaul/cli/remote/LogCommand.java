package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.RunsText;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.terminal.Output;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote runs log}.
 */
@Command(name = "log", header = "Print what was said in a run, line by line.", footerHeading = "%nExamples:%n",
		footer = { "  longhaul remote runs log 0193…", "  longhaul remote runs log 0193… --from 200 --output json" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class LogCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "ID", description = "Of the run.")
	private String id;

	@Option(names = "--from", paramLabel = "NUMBER", defaultValue = "1",
			description = "The number of the first line. Default: ${DEFAULT-VALUE}.")
	private int from = 1;

	@Mixin
	private final ReportOption report = new ReportOption();

	LogCommand(Remote remote) {
		this.remote = remote;
	}

	/** As JSON it comes in the parts that the server gives. */
	@Override
	public Integer call() {
		if (report.isJson()) {
			return report.tell(remote, remote.get(ApiPath.of("runs", id, "log").with("from", from)),
					(page, part) -> part.text());
		}
		RunsText text = new RunsText(report.page(remote));
		Output output = remote.surroundings().output();
		new RunLog(remote, id, from).readOn(line -> output.print(text.line(line)));
		return ExitStatus.PROVEN.code();
	}

}
