package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;

import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Call;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.text.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul remote tokens revoke}.
 */
@Command(name = "revoke", header = "Make a token worth nothing, at once.", footerHeading = "%nExamples:%n",
		footer = "  longhaul remote tokens revoke c1387240-94ba-4da8-be78-cbc0052dd0a6")
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class RevokeTokenCommand implements Callable<Integer> {

	private final Remote remote;

	@Parameters(paramLabel = "ID", description = "Of the token, as 'tokens list' has it.")
	private String id;

	RevokeTokenCommand(Remote remote) {
		this.remote = remote;
	}

	@Override
	public Integer call() {
		remote.send(Call.delete(ApiPath.of("tokens", id)));
		remote.surroundings().output().print("● token %s is revoked%n".formatted(Printable.of(id)));
		return ExitStatus.PROVEN.code();
	}

}
