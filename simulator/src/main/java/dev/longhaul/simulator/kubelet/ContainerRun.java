package dev.longhaul.simulator.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.simulator.front.LogQuery;
import dev.longhaul.simulator.front.NodeRefusal;

/**
 * A container of a running pod: its sandbox, its main process if it declares one, and its
 * log. Its pod's worker starts and stops it; clients come from other threads.
 * <p>
 * A sandbox is made when something first runs in it, so that pods in which nothing ever
 * runs also live on machines without namespaces.
 */
final class ContainerRun {

	private final ContainerSpec spec;

	private final Path root;

	private final Standstill standstill;

	private final Clock clock;

	private @Nullable Sandbox sandbox;

	private @Nullable Process main;

	private ContainerLog log;

	private @Nullable ContainerLog previousLog;

	private ContainerState state = new ContainerState.Waiting("ContainerCreating", "");

	private ContainerState.@Nullable Terminated lastEnd;

	private int restarts;

	/**
	 * @param root an empty directory of its own
	 */
	ContainerRun(ContainerSpec spec, Path root, Standstill standstill, Clock clock) {
		this.spec = spec;
		this.root = root;
		this.standstill = standstill;
		this.clock = clock;
		this.log = new ContainerLog(clock);
	}

	ContainerSpec spec() {
		return spec;
	}

	synchronized ContainerState state() {
		return state;
	}

	/** How its run before the present one ended. */
	synchronized ContainerState.@Nullable Terminated lastEnd() {
		return lastEnd;
	}

	synchronized int restarts() {
		return restarts;
	}

	/**
	 * Starts the container, for the first time or again. If it cannot, its state says
	 * why.
	 * @param ended called on another thread when the main process has ended
	 */
	void start(Runnable ended) {
		standstill.exclude(() -> {
			startNow(ended);
			return state();
		});
	}

	private synchronized void startNow(Runnable ended) {
		try {
			if (spec.run() != null) {
				startMain(List.of("/bin/sh", "-c", spec.run()), ended);
			}
			state = new ContainerState.Running(clock.instant());
		}
		catch (NotReadyException ex) {
			state = new ContainerState.Waiting(ex.reason(), ex.message());
		}
	}

	/** Says that an ended container is to start again later. */
	synchronized void awaitRestart(Duration backOff) {
		state = new ContainerState.Waiting("CrashLoopBackOff",
				"back-off %d s restarting failed container=%s".formatted(backOff.toSeconds(), spec.name()));
	}

	private void startMain(List<String> command, Runnable ended) throws NotReadyException {
		ProcessBuilder builder = sandbox().command(spec.workingDirectory(), spec.environment(), command);
		try {
			Process process = sandbox().start(builder.redirectErrorStream(true));
			process.getOutputStream().close();
			if (main != null) {
				restarts++;
				previousLog = log;
				log = new ContainerLog(clock);
			}
			main = process;
			ContainerLog sink = log;
			Instant started = clock.instant();
			begin("log-of-", () -> sink.take(process.getInputStream()));
			begin("end-of-", () -> {
				awaitEnd(process);
				mainEnded(process.exitValue(), started);
				ended.run();
			});
		}
		catch (IOException ex) {
			throw new NotReadyException("RunContainerError", String.valueOf(ex.getMessage()), ex);
		}
	}

	private void begin(String name, Runnable task) {
		Thread thread = new Thread(task, name + spec.name());
		thread.setDaemon(true);
		thread.start();
	}

	/** Empty if nothing ever ran in it, or it has ended. */
	synchronized Optional<Sandbox> openSandbox() {
		return Optional.ofNullable(sandbox);
	}

	private synchronized Sandbox sandbox() throws NotReadyException {
		if (sandbox == null) {
			sandbox = Sandbox.open(root, spec.mounts());
		}
		return sandbox;
	}

	/** The end of its main process is the end of all its processes. */
	private synchronized void mainEnded(int exitCode, Instant started) {
		closeSandbox();
		ContainerState.Terminated end = new ContainerState.Terminated(exitCode, started, clock.instant());
		lastEnd = end;
		state = end;
	}

	/**
	 * Asks the main process to end, waits, and ends all that is left by force. Clients
	 * may still run commands while it waits.
	 */
	void stop(Duration grace) {
		Process process;
		synchronized (this) {
			process = main;
		}
		if (process != null && process.isAlive()) {
			// The process itself is the one that entered the namespace; its child is the
			// command.
			process.children().forEach(ProcessHandle::destroy);
			awaitEnd(process, grace);
		}
		synchronized (this) {
			closeSandbox();
			if (state instanceof ContainerState.Running running && process == null) {
				state = new ContainerState.Terminated(0, running.since(), clock.instant());
			}
		}
	}

	private static void awaitEnd(Process process) {
		try {
			process.waitFor();
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for a container to end");
		}
	}

	private static void awaitEnd(Process process, Duration grace) {
		try {
			process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "waiting for a container to end");
		}
	}

	private void closeSandbox() {
		if (sandbox != null) {
			sandbox.close();
			sandbox = null;
		}
		log.end();
	}

	/**
	 * Starts a command in the running container.
	 */
	Process exec(List<String> command) throws NodeRefusal {
		if (command.isEmpty()) {
			throw NodeRefusal.badRequest("you must specify at least 1 command for the container");
		}
		return standstill.exclude(() -> execNow(command));
	}

	private Process execNow(List<String> command) throws NodeRefusal {
		try {
			Sandbox running = runningSandbox();
			String program = command.get(0);
			if (!running.has(program, spec.environment())) {
				throw NodeRefusal.internal("failed to exec in container: failed to start exec: exec: \"" + program
						+ "\": executable file not found in $PATH");
			}
			return running.start(running.command(spec.workingDirectory(), spec.environment(), command));
		}
		catch (NotReadyException | IOException ex) {
			throw NodeRefusal.internal("failed to exec in container: " + ex.getMessage());
		}
	}

	private synchronized Sandbox runningSandbox() throws NodeRefusal, NotReadyException {
		if (!(state instanceof ContainerState.Running)) {
			throw NodeRefusal.notFound("container not found (\"" + spec.name() + "\")");
		}
		return sandbox();
	}

	synchronized InputStream log(LogQuery query) throws NodeRefusal {
		if (!query.previous()) {
			return log.open(query);
		}
		if (previousLog == null) {
			throw NodeRefusal.badRequest("previous terminated container \"" + spec.name() + "\" not found");
		}
		return previousLog.open(query);
	}

}
