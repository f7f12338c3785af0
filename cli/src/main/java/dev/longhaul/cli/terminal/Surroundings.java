package dev.longhaul.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import dev.longhaul.core.time.Pause;

/**
 * All that a command may touch of the world outside but targets and files. Tests pass
 * their own.
 *
 * @param errors flushed after every line
 */
public record Surroundings(Output output, PrintWriter errors, Map<String, String> environment, Clock clock, Pause pause,
		Terminal terminal) {

	public Surroundings {
		environment = Map.copyOf(environment);
	}

	/** Those of this process. */
	public static Surroundings ofProcess() {
		Map<String, String> environment = System.getenv();
		OutputStreamWriter errors = new OutputStreamWriter(new FileOutputStream(FileDescriptor.err),
				StandardCharsets.UTF_8);
		return new Surroundings(new Output(new FileOutputStream(FileDescriptor.out)), new PrintWriter(errors, true),
				environment, Clock.systemUTC(), Pause.real(), Terminal.of(System.getProperties(), environment));
	}

	public Style style() {
		return Style.of(terminal, environment);
	}

	/** Credentials may be among the environment. */
	@Override
	public String toString() {
		return "Surroundings[" + terminal + "]";
	}

}
