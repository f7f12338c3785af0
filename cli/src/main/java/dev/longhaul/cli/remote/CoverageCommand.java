package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote coverage}.
 */
@Command(name = "coverage", header = "Show how much of each place was read back within 30 days.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote coverage")
final class CoverageCommand extends ShownResource {

	CoverageCommand(Remote remote) {
		super(remote, ApiPath.of("coverage"), (page, answer) -> new ServerText(page).coverage(answer.items()));
	}

}
