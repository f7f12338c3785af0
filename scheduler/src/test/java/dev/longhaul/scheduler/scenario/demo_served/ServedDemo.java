package dev.longhaul.scheduler.scenario.demo_served;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * {@code ./longhaul demo --serve}, as people start it.
 */
final class ServedDemo implements AutoCloseable {

	private static final Path LAUNCHER = Path.of("../longhaul").toAbsolutePath().normalize();

	private static final List<Path> BUILT = List.of(Path.of("../cli/target/longhaul.jar"),
			Path.of("../simulator/target/longhaul-simulator.jar"), Path.of("target/longhaul-server.jar"));

	/** A cluster, a night and a server, on a machine that does much else. */
	private static final Duration START = Duration.ofMinutes(5);

	private static final long STOP_SECONDS = 60;

	private final Process process;

	private final Path printed;

	private final Path tokenFile;

	private final int port;

	private ServedDemo(Process process, Path printed, Path tokenFile, int port) {
		this.process = process;
		this.printed = printed;
		this.tokenFile = tokenFile;
		this.port = port;
	}

	/** Starts it, and waits until it says how it is ended. */
	static ServedDemo start(Path directory) throws IOException {
		for (Path jar : BUILT) {
			Assumptions.assumeTrue(Files.isRegularFile(jar),
					() -> "[aborted] there is no " + jar + ": run mvn package");
		}
		int port = freePort();
		Path printed = directory.resolve("printed");
		Path tokenFile = directory.resolve("token");
		// Whoever runs the tests in the background may have had Ctrl-C ignored, which
		// children inherit.
		ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", LAUNCHER.toString(), "demo",
				"--serve", "--port", Integer.toString(port), "--token-file", tokenFile.toString())
			.redirectErrorStream(true)
			.redirectOutput(printed.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		ServedDemo demo = new ServedDemo(builder.start(), printed, tokenFile, port);
		Awaitility.await("the demo to serve")
			.atMost(START)
			.until(() -> demo.printed().contains("Ctrl-C ends the demo.") || !demo.process.isAlive());
		if (!demo.process.isAlive()) {
			throw new AssertionError("the demo ended by itself:\n" + demo.printed());
		}
		return demo;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
	}

	Path tokenFile() {
		return tokenFile;
	}

	String token() throws IOException {
		return Files.readString(tokenFile).strip();
	}

	/** All it has printed so far. */
	String printed() throws IOException {
		return Files.readString(printed);
	}

	/** What Ctrl-C sends. */
	int interrupt() throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
		if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
			throw new AssertionError("it goes on:\n" + printed());
		}
		return process.exitValue();
	}

	/** Also of what the launcher started. */
	List<ProcessHandle> descendants() {
		return process.descendants().toList();
	}

	@Override
	public void close() {
		List<ProcessHandle> children = descendants();
		process.destroy();
		process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
		if (process.isAlive()) {
			process.destroyForcibly();
			children.forEach(ProcessHandle::destroyForcibly);
		}
	}

}
