package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is shipped, in a process of its own.
 */
final class Program {

	static final Path JAR = Path.of("target/longhaul.jar").toAbsolutePath();

	private static final long LIMIT_SECONDS = 240;

	/** Tests are about what it does, not about how fast it has compiled itself. */
	private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private final Process process;

	private final Path out;

	private final Path errors;

	private Program(Process process, Path out, Path errors) {
		this.process = process;
		this.out = out;
		this.errors = errors;
	}

	/** Starts {@code java options -jar longhaul.jar arguments}. */
	static Program start(Path directory, List<String> options, String... arguments) throws IOException {
		return start(directory, Map.of(), options, arguments);
	}

	static Program start(Path directory, Map<String, String> environment, List<String> options, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(FAST_START);
		command.addAll(options);
		command.addAll(List.of("-jar", JAR.toString()));
		command.addAll(List.of(arguments));
		return run(directory, environment, command);
	}

	/** Starts any command. */
	static Program run(Path directory, Map<String, String> environment, List<String> command) throws IOException {
		Path out = Files.createTempFile(directory, "out", ".txt");
		Path errors = Files.createTempFile(directory, "errors", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
			.redirectError(errors.toFile())
			.directory(directory.toFile());
		builder.environment().putAll(environment);
		return new Program(builder.start(), out, errors);
	}

	void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
	}

	boolean hasEnded() {
		return !process.isAlive();
	}

	/** Waits for its end. */
	int status() throws InterruptedException {
		if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new AssertionError("still running after " + LIMIT_SECONDS + " s");
		}
		return process.exitValue();
	}

	String out() throws IOException {
		return Files.readString(out);
	}

	String errors() throws IOException {
		return Files.readString(errors);
	}

}
