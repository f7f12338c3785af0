package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote targets}.
 */
@Command(name = "targets", header = "Show where backups are.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote targets")
final class TargetsCommand extends ShownResource {

	TargetsCommand(Remote remote) {
		super(remote, ApiPath.of("targets"), (page, answer) -> new ServerText(page).targets(answer.items()));
	}

}
