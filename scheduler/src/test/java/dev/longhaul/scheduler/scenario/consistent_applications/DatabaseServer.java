package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.longhaul.scheduler.scenario.Tool;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A database server that is started on restored files and queried over its socket.
 */
final class DatabaseServer {

	/** Both recover in far less; the machine may do much else. */
	private static final Duration START = Duration.ofSeconds(60);

	private final Process process;

	private final Path log;

	private final Path directory;

	private DatabaseServer(Process process, Path log, Path directory) {
		this.process = process;
		this.log = log;
		this.directory = directory;
	}

	/**
	 * Starts it and waits until it answers.
	 * @param directory for its socket and what it logs
	 * @param ping a command that succeeds as soon as it answers
	 */
	static DatabaseServer start(List<String> command, Path directory, List<String> ping) throws IOException {
		Path log = Files.createTempFile(directory, "server", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		DatabaseServer server = new DatabaseServer(process, log, directory);
		try {
			Awaitility.await()
				.atMost(START)
				.pollDelay(Duration.ofMillis(100))
				.pollInterval(Duration.ofMillis(25))
				.until(() -> !process.isAlive() || Tool.run(ping, directory).exit() == 0);
		}
		catch (ConditionTimeoutException ex) {
			server.stop();
			throw new IOException("it does not answer: " + server.log(), ex);
		}
		if (!process.isAlive()) {
			throw new IOException("it has ended: " + server.log());
		}
		return server;
	}

	/** Runs a client of it. */
	Tool.Said ask(List<String> command) throws IOException {
		return Tool.run(command, directory);
	}

	/**
	 * @param query of path, size and checksum, printed with a separator between
	 */
	List<Row> rows(List<String> query, String separator) throws IOException {
		Tool.Said said = ask(query);
		if (said.exit() != 0) {
			throw new IOException(said.text());
		}
		return said.text()
			.lines()
			.map(line -> line.split(separator, -1))
			.map(columns -> new Row(columns[0], Long.parseLong(columns[1]), columns[2]))
			.toList();
	}

	private String log() throws IOException {
		try (Stream<String> lines = Files.lines(log)) {
			return String.join("\n", lines.toList());
		}
	}

	/** Whatever it leaves is thrown away with its files. */
	void stop() {
		process.destroy();
		process.onExit().completeOnTimeout(process, START.toSeconds(), TimeUnit.SECONDS).join();
		process.destroyForcibly();
	}

}
