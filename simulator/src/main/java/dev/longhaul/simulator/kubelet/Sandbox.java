package dev.longhaul.simulator.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.TransientFailure;

/**
 * What a container is on this machine: a mount and a process namespace in which its
 * volumes lie at their mount paths, held open by one waiting process. When that process
 * ends, or this program does, the kernel ends every other process of the container.
 * <p>
 * There is no network namespace: a port of the container is a port of this machine.
 */
final class Sandbox implements AutoCloseable {

	private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

	private static final long START_LIMIT_SECONDS = 20;

	private static final long END_LIMIT_SECONDS = 10;

	/** Without these, only a user with namespaces of its own may mount. */
	private static final boolean ROOT = Objects.equals(System.getProperty("user.name"), "root");

	private static final String BUILD = script("sandbox.sh");

	/** A container's runtime makes the working directory if need be. */
	private static final String RUN = "/bin/mkdir -p \"$0\" && cd \"$0\" && exec \"$@\"";

	private final Process holder;

	private final long pid;

	/**
	 * The processes by which commands entered; those that have ended stay for a while.
	 */
	private final Set<Process> entrances = ConcurrentHashMap.newKeySet();

	private Sandbox(Process holder, long pid) {
		this.holder = holder;
		this.pid = pid;
	}

	/**
	 * @param root an empty directory; stays empty for everyone outside of the sandbox
	 * @throws NotReadyException if this machine does not allow it or a mount fails
	 */
	static Sandbox open(Path root, List<Mount> mounts) throws NotReadyException {
		ProcessBuilder builder = new ProcessBuilder(opening(root, mounts));
		builder.environment().clear();
		builder.environment().put("PATH", DEFAULT_PATH);
		try {
			Process holder = builder.start();
			return new Sandbox(holder, processId(holder));
		}
		catch (IOException ex) {
			throw new NotReadyException("CreateContainerError",
					"no namespaces for the container: " + ex.getMessage()
							+ "; they need Linux, util-linux, and root with CAP_SYS_ADMIN or users' own namespaces",
					ex);
		}
	}

	/**
	 * Whether containers can run here.
	 * @return the reason if they cannot, else null
	 */
	static @Nullable String obstacle() {
		try {
			Path root = Files.createTempDirectory("longhaul-sandbox-");
			open(root, List.of()).close();
			Files.delete(root);
			return null;
		}
		catch (NotReadyException ex) {
			return ex.message();
		}
		catch (IOException ex) {
			return "no temporary directory: " + ex.getMessage();
		}
	}

	private static List<String> opening(Path root, List<Mount> mounts) {
		List<String> command = new ArrayList<>(
				List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"));
		if (!ROOT) {
			command.addAll(List.of("--user", "--map-root-user"));
		}
		command.addAll(List.of("/bin/sh", "-c", BUILD, "sandbox.sh", root.toString()));
		// A mount inside of another comes after it.
		mounts.stream()
			.sorted(Comparator.comparing(Mount::target))
			.forEach(mount -> command
				.addAll(List.of(mount.source().toString(), mount.target(), mount.access().option())));
		return command;
	}

	/** Waits until the sandbox is complete and says which process holds it. */
	private static long processId(Process holder) throws IOException {
		try {
			return CompletableFuture.supplyAsync(() -> firstLine(holder)).get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			holder.destroyForcibly();
			throw Interruption.of(ex, "building a container");
		}
		catch (ExecutionException | TimeoutException ex) {
			holder.destroyForcibly();
			throw new IOException((ex.getCause() != null) ? ex.getCause().getMessage() : "not within 20 s", ex);
		}
	}

	private static long firstLine(Process holder) {
		try {
			BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
			String line = said.readLine();
			if (line == null) {
				byte[] complaint = holder.getErrorStream().readAllBytes();
				throw new IOException(new String(complaint, StandardCharsets.UTF_8).strip());
			}
			return Long.parseLong(line);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Prepares a command inside of the container. Its environment is what is given and,
	 * where that does not say otherwise, {@code PATH} and {@code HOME}.
	 */
	ProcessBuilder command(String workingDirectory, Map<String, String> environment, List<String> command) {
		List<String> entering = entering();
		entering.addAll(List.of("/bin/sh", "-c", RUN, workingDirectory));
		entering.addAll(command);
		ProcessBuilder builder = new ProcessBuilder(entering);
		builder.environment().clear();
		builder.environment().putAll(complete(environment));
		return builder;
	}

	/** A command that runs the one that follows it inside of the container. */
	private List<String> entering() {
		List<String> entering = new ArrayList<>(
				List.of("nsenter", "--target", Long.toString(pid), "--mount", "--pid", "--root", "--wd"));
		if (!ROOT) {
			entering.addAll(List.of("--user", "--preserve-credentials"));
		}
		entering.add("--");
		return entering;
	}

	/** Starts a prepared command. */
	Process start(ProcessBuilder command) throws IOException {
		entrances.removeIf(entrance -> !entrance.isAlive());
		Process entrance = command.start();
		entrances.add(entrance);
		return entrance;
	}

	/**
	 * Holds every process of the container until the answer is closed. Nothing may be
	 * started in it from before until then.
	 * @throws TransientFailure if they cannot be held; none is, then
	 */
	HeldProcesses hold() throws IOException {
		return HeldProcesses.hold(entering(), Path.of("/proc", Long.toString(pid), "root/proc"), Set.copyOf(entrances));
	}

	private static Map<String, String> complete(Map<String, String> environment) {
		Map<String, String> complete = new HashMap<>(environment);
		complete.putIfAbsent("PATH", DEFAULT_PATH);
		complete.putIfAbsent("HOME", "/root");
		return complete;
	}

	/**
	 * Whether the container has a program, which a runtime finds out before it starts
	 * one.
	 */
	boolean has(String program, Map<String, String> environment) {
		Path seenFromOutside = Path.of("/proc", Long.toString(pid), "root");
		Stream<String> places = program.contains("/") ? Stream.of(program)
				: Stream.of(environment.getOrDefault("PATH", DEFAULT_PATH).split(":"))
					.map(folder -> folder + "/" + program);
		// An absolute link points somewhere else from out here, so it counts as it is.
		return places.map(place -> seenFromOutside.resolve(place.replaceFirst("^/+", "")))
			.anyMatch(place -> Files.isExecutable(place) || Files.isSymbolicLink(place));
	}

	/** Ends every process of the container at once; returns when the last is gone. */
	@Override
	public void close() {
		try {
			// The first process of a namespace is gone when all others are.
			holder.getOutputStream().close();
			if (!holder.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
				holder.destroyForcibly();
			}
		}
		catch (IOException ex) {
			holder.destroyForcibly();
		}
		catch (InterruptedException ex) {
			holder.destroyForcibly();
			throw Interruption.of(ex, "ending a container");
		}
	}

	static String script(String name) {
		try (InputStream source = Sandbox.class.getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
