package dev.longhaul.longhorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver with etcd and controller-manager on loopback, started by the
 * scripts {@code up} and {@code down} of a directory that holds their binaries. That
 * directory is named by the environment variable {@code LONGHAUL_CONTROL_PLANE}, or is
 * {@code shared/control-plane} beside the checkout.
 */
public final class ControlPlane implements AutoCloseable {

	private static final String DIRECTORY_VARIABLE = "LONGHAUL_CONTROL_PLANE";

	/** The script takes about 6 s, and 9 s when it unpacks the binaries first. */
	private static final long START_LIMIT_SECONDS = 180;

	private static final int ATTEMPTS = 3;

	/** API server, etcd twice, controller-manager. */
	private static final int PORTS = 4;

	/**
	 * Below the ports that Linux gives to outgoing connections: those come and go, and
	 * one may take what was free before the controller-manager, the last, listens there.
	 */
	private static final int FIRST_PORT = 20_000;

	private static final int LAST_PORT = 32_000;

	private static final Duration LISTENS_WITHIN = Duration.ofSeconds(60);

	private final Path scripts;

	private final Path directory;

	private final Thread stopAtExit;

	private ControlPlane(Path scripts, Path directory) {
		this.scripts = scripts;
		this.directory = directory;
		this.stopAtExit = new Thread(this::stop, "stop-control-plane");
	}

	/**
	 * Starts one, or aborts the test with the reason if there are no binaries here.
	 * @param directory for its data; kept, so that its logs can be read
	 */
	public static ControlPlane startOrAbort(Path directory) {
		Optional<Path> scripts = findScripts();
		if (scripts.isEmpty()) {
			String reason = "no control plane to test against: set " + DIRECTORY_VARIABLE
					+ " to a directory with the scripts 'up' and 'down'";
			System.err.println("[aborted] " + reason);
			Assumptions.abort(reason);
		}
		ControlPlane controlPlane = new ControlPlane(scripts.orElseThrow(), directory);
		controlPlane.start();
		return controlPlane;
	}

	/** Of an administrator. */
	public Path kubeconfig() {
		return directory.resolve("kubeconfig");
	}

	/** The certificate authority: {@code ca.crt} and {@code ca.key}. */
	public Path pki() {
		return directory.resolve("pki");
	}

	@Override
	public void close() {
		stop();
		Runtime.getRuntime().removeShutdownHook(stopAtExit);
	}

	private void start() {
		Runtime.getRuntime().addShutdownHook(stopAtExit);
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			if (up()) {
				return;
			}
			stop();
		}
		throw new IllegalStateException("the control plane did not start; see the logs in " + directory);
	}

	/** One at a time of all that a build starts: the first unpacks the binaries. */
	private boolean up() {
		try (FileChannel turns = FileChannel.open(unpackedBinaries().resolveSibling("control-plane.lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			FileLock turn = turns.lock();
			try {
				int first = freePorts();
				return run("up", directory.toString(), String.valueOf(first)) == 0 && hasControllers(first + PORTS - 1);
			}
			finally {
				turn.release();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void stop() {
		run("down", directory.toString());
	}

	private int run(String script, String... arguments) {
		List<String> command = new ArrayList<>(List.of(scripts.resolve(script).toString()));
		command.addAll(List.of(arguments));
		try {
			Files.createDirectories(directory);
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(directory.resolve(script + ".log").toFile());
			builder.environment().put("CONTROL_PLANE_BIN", unpackedBinaries().toString());
			Process process = builder.start();
			if (!process.waitFor(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException(script + " did not end within " + START_LIMIT_SECONDS + " s");
			}
			return process.exitValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for " + script, ex);
		}
	}

	/** Unpacked once per build, not once per test. */
	private static Path unpackedBinaries() throws IOException {
		return Files.createDirectories(Path.of("target", "control-plane-bin").toAbsolutePath());
	}

	private static Optional<Path> findScripts() {
		String named = System.getenv(DIRECTORY_VARIABLE);
		if (named != null) {
			return Optional.of(Path.of(named)).filter(ControlPlane::hasScripts);
		}
		for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
			Path candidate = up.resolve("shared").resolve("control-plane");
			if (hasScripts(candidate)) {
				return Optional.of(candidate);
			}
		}
		return Optional.empty();
	}

	private static boolean hasScripts(Path candidate) {
		return Files.isExecutable(candidate.resolve("up")) && Files.isExecutable(candidate.resolve("down"));
	}

	/**
	 * The script does not wait for the controller-manager. One that found its port taken
	 * has ended, and nobody would make pods of workloads.
	 */
	private boolean hasControllers(int port) {
		long end = System.nanoTime() + LISTENS_WITHIN.toNanos();
		while (System.nanoTime() < end && isRunning("kube-controller-manager")) {
			try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return probe.isConnected() && isRunning("kube-controller-manager");
			}
			catch (IOException notYet) {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
		}
		return false;
	}

	private boolean isRunning(String program) {
		try {
			long id = Long.parseLong(Files.readString(directory.resolve(program + ".pid")).strip());
			return ProcessHandle.of(id).filter(ProcessHandle::isAlive).isPresent();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The first of as many free ports in a row; another process may still be faster. */
	private static int freePorts() {
		for (int attempt = 0; attempt < 100; attempt++) {
			int first = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
			if (areFree(first, PORTS)) {
				return first;
			}
		}
		throw new IllegalStateException("no " + PORTS + " free ports in a row");
	}

	private static boolean areFree(int first, int count) {
		for (int port = first; port < first + count; port++) {
			try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				probe.setReuseAddress(true);
			}
			catch (IOException taken) {
				return false;
			}
		}
		return true;
	}

}
