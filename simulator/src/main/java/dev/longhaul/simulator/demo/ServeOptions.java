package dev.longhaul.simulator.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What becomes of the demo once its night is over.
 */
final class ServeOptions {

	/** Picocli makes these options only if it is given. */
	@SuppressWarnings("UnusedVariable")
	@Option(names = "--serve", required = true,
			description = "Keep the server running after a first night, until Ctrl-C, instead of flipping a bit.")
	private boolean serve;

	@Option(names = "--port", paramLabel = "N", description = "Where it answers (default: ${DEFAULT-VALUE}).")
	private int port = 8080;

	@Option(names = "--token-file", paramLabel = "FILE",
			description = "Write the token of an administrator to this new file instead of printing it.")
	private @Nullable Path tokenFile;

	int port() {
		return port;
	}

	URI url() {
		return URI.create("http://127.0.0.1:%d/".formatted(port));
	}

	Optional<Path> tokenFile() {
		return Optional.ofNullable(tokenFile).map(Path::toAbsolutePath);
	}

	/** Where the server is to write the token. */
	Path tokenFileIn(Path directory) {
		return tokenFile().orElseGet(() -> directory.resolve("token"));
	}

}
