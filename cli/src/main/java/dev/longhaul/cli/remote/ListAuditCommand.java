package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote audit list}.
 */
@Command(name = "list", header = "Show what was done and by whom, newest first.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote audit list --limit 20")
final class ListAuditCommand extends ListedResource {

	ListAuditCommand(Remote remote) {
		super(remote, ApiPath.of("audit"), (page, elements) -> new ServerText(page).audit(elements));
	}

}
