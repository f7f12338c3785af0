package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote whoami}.
 */
@Command(name = "whoami", header = "Show who the server takes the caller for, and what they may do.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote whoami")
final class WhoamiCommand extends ShownResource {

	WhoamiCommand(Remote remote) {
		super(remote, ApiPath.of("me"), (page, answer) -> new ServerText(page).caller(answer.object()));
	}

}
