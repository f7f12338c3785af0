package dev.longhaul.cli.remote;

import java.nio.file.Path;
import java.util.Map;

import dev.longhaul.cli.option.CommandGroup;
import dev.longhaul.cli.server.Authority;
import dev.longhaul.cli.server.BearerToken;
import dev.longhaul.cli.server.ServerAddress;
import dev.longhaul.cli.server.ServerAddress.ClearText;
import dev.longhaul.cli.server.ServerClient;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code longhaul remote}: which server, and who calls. Its options may stand anywhere
 * after it.
 */
@Command(name = "remote", header = "Ask a server, or have it start, cancel and change something.",
		description = { "",
				"Which server is said once, in LONGHAUL_SERVER and LONGHAUL_TOKEN_FILE, or with every command. With "
						+ "--output json, each command prints what the server has answered.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = { "  export LONGHAUL_SERVER=https://longhaul.example.org LONGHAUL_TOKEN_FILE=~/.config/longhaul/token",
				"  longhaul remote applications", "  longhaul remote verdicts --overall fails",
				"  longhaul remote runs start nightly --watch" })
final class RemoteCommand extends CommandGroup {

	private static final String SERVER = "LONGHAUL_SERVER";

	private static final String TOKEN_FILE = "LONGHAUL_TOKEN_FILE";

	private static final String CA_FILE = "LONGHAUL_CA_FILE";

	@Option(names = "--server", paramLabel = "URL", scope = ScopeType.INHERIT,
			description = "Where the server answers. Default: " + SERVER + ".")
	private @Nullable String server;

	@Option(names = "--token-file", paramLabel = "FILE", scope = ScopeType.INHERIT,
			description = "Holds the token that says who calls. Default: " + TOKEN_FILE + ".")
	private @Nullable Path tokenFile;

	@Option(names = "--ca-file", paramLabel = "FILE", scope = ScopeType.INHERIT,
			description = "The authority (PEM) that alone vouches for the server. Default: " + CA_FILE
					+ ", or whom Java trusts.")
	private @Nullable Path authority;

	@Option(names = "--insecure-http", scope = ScopeType.INHERIT,
			description = "Send the token in clear text to another machine: whoever listens can use it.")
	private boolean insecure;

	/**
	 * @throws RefusedRequest if nothing says which server, or with which token
	 */
	ServerClient open(Map<String, String> environment, Pause pause) {
		ServerAddress address = address(environment);
		String file = (tokenFile != null) ? tokenFile.toString() : environment.getOrDefault(TOKEN_FILE, "");
		if (file.isEmpty()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "nothing says where the token is",
					"name the file that holds it with --token-file, or in " + TOKEN_FILE);
		}
		String trusted = (authority != null) ? authority.toString() : environment.getOrDefault(CA_FILE, "");
		return new ServerClient(address, BearerToken.in(Path.of(file)),
				Authority.of(trusted.isEmpty() ? null : Path.of(trusted)), ServerClient.Bounds.USUAL, pause);
	}

	ServerAddress address(Map<String, String> environment) {
		String url = (server != null) ? server : environment.getOrDefault(SERVER, "");
		if (url.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which server is meant",
					"name it with --server https://longhaul.example.org, or in " + SERVER);
		}
		return ServerAddress.of(url, insecure ? ClearText.ANYWHERE : ClearText.ON_LOOPBACK);
	}

}
