package dev.longhaul.simulator.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Pause;

/**
 * The processes of one container, stopped by the kernel until this is closed. They go on
 * too when this program is gone, if they outlive it. One that had stopped by itself goes
 * on with them.
 */
final class HeldProcesses {

	private static final String HOLD = Sandbox.script("hold.sh");

	private static final Duration LOOK = Duration.ofMillis(1);

	/**
	 * Looks at the first attempt; each further one has twice as many. A process in a call
	 * to a disk stops when that returns. One that waits for its child to become another
	 * program never does if the child was stopped first: so all go on, and are stopped
	 * again.
	 */
	private static final int FIRST_LOOKS = 100;

	private static final int ATTEMPTS = 9;

	/** An entrance arrives, and the container answers, in far less. */
	private static final int MOST_LOOKS = 20_000;

	private static final long END_LIMIT_SECONDS = 10;

	/** What the kernel calls tasks that do nothing: stopped, traced, and ended. */
	private static final String STILL = "TtZX";

	private final Process holder;

	private final Path processes;

	private final Set<Process> entrances;

	private HeldProcesses(Process holder, Path processes, Set<Process> entrances) {
		this.holder = holder;
		this.processes = processes;
		this.entrances = entrances;
	}

	/**
	 * Holds them; returns when the last of them has left the kernel.
	 * @param entering a command that runs the one behind it inside of the container
	 * @param processes the container's own {@code /proc}
	 * @param entrances processes by which others have entered
	 * @throws TransientFailure if one does not stop; none is held then
	 */
	static HeldProcesses hold(List<String> entering, Path processes, Set<Process> entrances) throws IOException {
		if (!await(MOST_LOOKS, () -> entrances.stream().allMatch(HeldProcesses::hasArrived))) {
			throw notHeld("a command that was started in it has not arrived");
		}
		List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", HOLD, "hold.sh",
				entrances.stream().map(entrance -> Long.toString(entrance.pid())).collect(Collectors.joining(" "))));
		command.addAll(entering);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Process holder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			HeldProcesses held = new HeldProcesses(holder, processes, entrances);
			if (held.areStill(FIRST_LOOKS << attempt)) {
				return held;
			}
			held.close();
		}
		throw notHeld("after %d attempts one of its processes had not stopped".formatted(ATTEMPTS));
	}

	private static TransientFailure notHeld(String why) {
		return new TransientFailure(FailureCode.TIMED_OUT, "a container could not be held: " + why,
				"look for a process that the kernel does not let go");
	}

	/** One whose command is not inside yet would bring it in unheld. */
	private static boolean hasArrived(Process entrance) {
		return !entrance.isAlive() || entrance.children().findAny().isPresent();
	}

	private boolean areStill(int looks) throws IOException {
		BufferedReader said = holder.inputReader(StandardCharsets.US_ASCII);
		if (!await(MOST_LOOKS, () -> said.ready() || !holder.isAlive())) {
			return false;
		}
		String self = String.valueOf(said.readLine());
		return await(looks, () -> containerIsStill(self) && entrancesAreStill());
	}

	/**
	 * @param self the process that holds the others
	 */
	private boolean containerIsStill(String self) throws IOException {
		if (!Files.isDirectory(processes)) {
			return true;
		}
		try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
			for (Path process : all) {
				String name = process.getFileName().toString();
				if (!name.equals("1") && !name.equals(self) && !allTasksAreStill(process)) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean allTasksAreStill(Path process) throws IOException {
		try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
			for (Path task : tasks) {
				if (!isStill(task.resolve("stat"))) {
					return false;
				}
			}
		}
		return true;
	}

	/** An entrance that waits for its command stops with it. */
	private boolean entrancesAreStill() throws IOException {
		for (Process entrance : entrances) {
			if (entrance.isAlive() && !isStill(Path.of("/proc", Long.toString(entrance.pid()), "stat"))) {
				return false;
			}
		}
		return true;
	}

	/** The state follows the name, which stands in parentheses and may hold some. */
	private static boolean isStill(Path stat) throws IOException {
		String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
		return STILL.indexOf(line.charAt(line.lastIndexOf(')') + 2)) >= 0;
	}

	private static boolean await(int looks, Condition condition) {
		try {
			for (int look = 0; look < looks; look++) {
				if (holds(condition)) {
					return true;
				}
				Pause.real().of(LOOK);
			}
			return false;
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "holding a container");
		}
	}

	/** What cannot be read belonged to a process that has just ended. */
	private static boolean holds(Condition condition) {
		try {
			return condition.holds();
		}
		catch (IOException | DirectoryIteratorException ex) {
			return false;
		}
	}

	/** Lets them go; returns when they do. */
	void close() throws IOException {
		holder.getOutputStream().close();
		try {
			if (!holder.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
				holder.destroyForcibly();
				throw new TransientFailure(FailureCode.TIMED_OUT,
						"the processes of a container were not let go within %d s".formatted(END_LIMIT_SECONDS),
						"delete its pod");
			}
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "letting the processes of a container go");
		}
	}

	/** Of processes; they may end while it is looked at. */
	@FunctionalInterface
	private interface Condition {

		boolean holds() throws IOException;

	}

}
