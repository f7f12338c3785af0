package dev.longhaul.cli.remote;

import dev.longhaul.cli.render.ServerText;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Command;

/**
 * {@code longhaul remote ledger}.
 */
@Command(name = "ledger", header = "Show how old what the server tells is, and what it does not believe.",
		footerHeading = "%nExamples:%n", footer = "  longhaul remote ledger")
final class LedgerCommand extends ShownResource {

	LedgerCommand(Remote remote) {
		super(remote, ApiPath.of("ledger"), (page, answer) -> new ServerText(page).ledger(answer.object()));
	}

}
