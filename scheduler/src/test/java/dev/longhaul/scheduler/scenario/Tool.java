package dev.longhaul.scheduler.scenario;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Programs of this machine: those of the databases, which {@code .ci/run} installs.
 */
public final class Tool {

	private static final long LIMIT_SECONDS = 60;

	/** Debian keeps several PostgreSQLs side by side. */
	private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

	private Tool() {
	}

	/** Aborts the test if one of them is not installed. */
	public static void require(String... programs) {
		for (String program : programs) {
			if (find(program).isEmpty()) {
				System.err.println("[aborted] " + program + " is not installed; .ci/run installs it");
				Assumptions.abort(program + " is not installed");
			}
		}
	}

	/**
	 * Aborts the test for anybody but root, who alone can be all the users of the pods.
	 */
	public static void requireRoot() {
		if (!"root".equals(System.getProperty("user.name"))) {
			System.err.println("[aborted] the pods' processes have users of their own: run it as root");
			Assumptions.abort("not root");
		}
	}

	/** Where a program is that is known to be installed. */
	public static String path(String program) throws IOException {
		return find(program).orElseThrow(() -> new IOException(program + " is not installed")).toString();
	}

	private static Optional<Path> find(String program) {
		Stream<Path> places = Stream
			.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
			.map(Path::of);
		return Stream.concat(places, postgresql())
			.map(place -> place.resolve(program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static Stream<Path> postgresql() {
		try (Stream<Path> versions = Files.list(POSTGRESQL)) {
			return versions.map(version -> version.resolve("bin")).toList().stream();
		}
		catch (IOException ex) {
			return Stream.empty();
		}
	}

	/**
	 * Runs one to its end.
	 * @param directory for what it says
	 */
	public static Said run(List<String> command, Path directory) throws IOException {
		Path said = Files.createTempFile(directory, "said", "");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
		process.onExit().completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS).join();
		if (process.isAlive()) {
			process.destroyForcibly();
			throw new IOException("not over after %d s: %s".formatted(LIMIT_SECONDS, command));
		}
		return new Said(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
	}

	/** How one ended, and both its outputs. */
	public record Said(int exit, String text) {

	}

}
