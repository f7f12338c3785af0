package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote tokens list}.
 */
@Command(name = "list", header = "Show the tokens that were made; nobody can see a token itself.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote tokens list")
final class ListTokensCommand extends ListedResource {

	ListTokensCommand(Remote remote) {
		super(remote, ApiPath.of("tokens"), (page, elements) -> new ServerText(page).tokens(elements));
	}

}
