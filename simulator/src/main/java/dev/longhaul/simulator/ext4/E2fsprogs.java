package dev.longhaul.simulator.ext4;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;

/**
 * Runs the programs of e2fsprogs, 1.47 or newer, which make and change ext4 filesystems
 * in files.
 */
final class E2fsprogs {

	/** No filesystem of the simulator keeps a tool busy for so long. */
	private static final Duration LIMIT = Duration.ofMinutes(10);

	/** Where distributions put them: mostly outside a user's PATH. */
	private static final List<String> PLACES = List.of("/sbin", "/usr/sbin", "/usr/local/sbin",
			"/opt/homebrew/opt/e2fsprogs/sbin", "/usr/local/opt/e2fsprogs/sbin");

	private final Clock clock;

	/**
	 * @param clock which the filesystems take their time from
	 */
	E2fsprogs(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Runs a program to its end.
	 * @return what it printed, as bytes: file names need not be text
	 * @throws RefusedRequest if it is not installed
	 * @throws ToolFailure if it says that something went wrong
	 */
	String run(String program, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(locate(program));
		command.addAll(arguments);
		Path out = Files.createTempFile(program, ".out");
		Path err = Files.createTempFile(program, ".err");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().put("E2FSPROGS_FAKE_TIME", Long.toString(clock.instant().getEpochSecond()));
			builder.environment().put("LC_ALL", "C");
			int status = await(builder.start(), program);
			String printed = Files.readString(out, StandardCharsets.ISO_8859_1);
			complain(program, status, Files.readString(err, StandardCharsets.ISO_8859_1), printed);
			return printed;
		}
		finally {
			Files.deleteIfExists(out);
			Files.deleteIfExists(err);
		}
	}

	private static String locate(String program) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.concat(Stream.of(path.split(File.pathSeparator)), PLACES.stream())
			.filter(directory -> !directory.isEmpty())
			.map(directory -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the program '%s' is not installed: it is neither on the PATH nor in %s".formatted(program, PLACES),
					"install e2fsprogs: 'apt install e2fsprogs' or 'brew install e2fsprogs'"));
	}

	private static int await(Process process, String program) {
		try {
			if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				return process.exitValue();
			}
			throw new TransientFailure(FailureCode.TIMED_OUT, "%s did not end within %s".formatted(program, LIMIT),
					"look at the disk it works on");
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running " + program);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * debugfs goes on after a command that failed and ends with 0; what it prints there,
	 * besides its own version, is what went wrong.
	 */
	private static void complain(String program, int status, String errors, String printed) {
		List<String> lines = errors.lines().filter(line -> !line.isBlank() && !line.startsWith(program + " ")).toList();
		if (status != 0 || (program.equals("debugfs") && !lines.isEmpty())) {
			throw new ToolFailure("%s ended with %d: %s".formatted(program, status,
					lines.isEmpty() ? printed.strip() : lines.get(0)));
		}
	}

	/** A program of e2fsprogs could not do what it was told. */
	static final class ToolFailure extends UncheckedIOException {

		private static final long serialVersionUID = 1L;

		ToolFailure(String message) {
			super(new IOException(message));
		}

	}

}
