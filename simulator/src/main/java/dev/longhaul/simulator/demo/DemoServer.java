package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.time.Pause;

/**
 * The server on the demo's cluster, for as long as somebody looks at it.
 */
final class DemoServer {

	/** Until it answers; a slow machine takes some seconds. */
	private static final Duration START = Duration.ofMinutes(2);

	private static final Duration LOOK = Duration.ofMillis(100);

	private static final int OK = 200;

	private final PrintStream out;

	private final Programs programs;

	private final ServeOptions options;

	private final HttpClient http = HttpClient.newHttpClient();

	DemoServer(PrintStream out, Programs programs, ServeOptions options) {
		this.out = out;
		this.programs = programs;
		this.options = options;
	}

	/**
	 * Runs it until it ends by itself or this thread is interrupted, which is how a demo
	 * is ended.
	 * @param configuration of the server, which names {@link ServeOptions#port()}
	 * @param token the file that the server writes its first token to
	 */
	ExitStatus run(Path configuration, Path token, Map<String, String> variables) throws IOException {
		Process server = programs.start(List.of("server", "serve", "--config", configuration.toString()), variables);
		try {
			awaitAnswer(server);
			sayWhere(token);
			int exit = server.waitFor();
			return (exit == ExitStatus.PROVEN.code()) ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE;
		}
		catch (InterruptedException | Interruption ex) {
			out.println("\nThe demo ends; its cluster, bucket and server go with it.");
			return ExitStatus.PROVEN;
		}
		finally {
			Programs.end(server);
		}
	}

	private void awaitAnswer(Process server) throws IOException, InterruptedException {
		Pause pause = Pause.real();
		for (Duration waited = Duration.ZERO; waited.compareTo(START) < 0; waited = waited.plus(LOOK)) {
			if (!server.isAlive()) {
				throw new IOException("the server ended with exit code " + server.exitValue());
			}
			if (answers()) {
				return;
			}
			pause.of(LOOK);
		}
		throw new IOException("the server does not answer at %s".formatted(options.url()));
	}

	private boolean answers() throws InterruptedException {
		URI health = options.url().resolve("/actuator/health/readiness");
		try {
			return http
				.send(HttpRequest.newBuilder(health).timeout(START).build(), HttpResponse.BodyHandlers.discarding())
				.statusCode() == OK;
		}
		catch (IOException ex) {
			// It does not listen yet.
			return false;
		}
	}

	private void sayWhere(Path token) throws IOException {
		out.println("\nLonghaul answers at %s, and programs at %sapi/v1".formatted(options.url(), options.url()));
		out.println(options.tokenFile().isPresent() ? "The token of an administrator is in " + token
				: "The token of an administrator is  " + Files.readString(token).strip());
		out.println("Ctrl-C ends the demo.");
		out.flush();
	}

}
