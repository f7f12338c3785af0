package dev.longhaul.restore.pod;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * A pod whose commands are real processes of this machine. Programs can be put in the
 * place of those it has.
 */
public final class LocalShell implements WorkloadCluster {

	private final Map<String, String> environment = new TreeMap<>();

	private final Path programs;

	private final Deque<String> troubles = new ArrayDeque<>();

	private int piecesUntilItBreaks = -1;

	private Scale scale = new Scale(1, 1);

	private int ready = 1;

	public LocalShell(Path programs) throws IOException {
		this.programs = Files.createDirectories(programs);
		environment.put("PATH", programs + ":/usr/local/bin:/usr/bin:/bin");
		environment.put("HOME", "/nowhere");
	}

	public LocalShell with(String name, String value) {
		environment.put(name, value);
		return this;
	}

	/** A program of that name in front of all others. */
	public void program(String name, String script) throws IOException {
		Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
		if (!file.toFile().setExecutable(true)) {
			throw new IOException("not executable: " + file);
		}
	}

	public void withoutProgram(String name) throws IOException {
		Files.delete(programs.resolve(name));
	}

	/** After so many pieces the connection breaks, once. */
	public void breakAfter(int pieces) {
		piecesUntilItBreaks = pieces;
	}

	/** Of all workloads. */
	public LocalShell pods(int wanted, int readyOfThem) {
		scale = new Scale(wanted, wanted);
		ready = readyOfThem;
		return this;
	}

	/** The next command finds no ready pod. */
	public void isNotReadyOnce(String fact) {
		troubles.add(fact);
	}

	@Override
	public CommandResult run(Place place, List<String> command, Duration timeout) {
		requireReady();
		try {
			Path errors = Files.createTempFile(programs, "stderr", "");
			Process process = start(command, errors);
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new CommandResult(exit(process), output, Files.readString(errors));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void requireReady() {
		if (!troubles.isEmpty()) {
			throw new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, troubles.remove(), "look at it");
		}
	}

	private Process start(List<String> command, Path errors) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		return builder.start();
	}

	private static int exit(Process process) {
		try {
			if (!process.waitFor(20, TimeUnit.SECONDS)) {
				throw new AssertionError("a command does not end");
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public HeldCommand hold(Place place, List<String> command) {
		requireReady();
		try {
			Path errors = Files.createTempFile(programs, "stderr", "");
			return new Held(start(command, errors), errors);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Scale scale(Workload workload) {
		return scale;
	}

	@Override
	public int ready(Workload workload) {
		return ready;
	}

	@Override
	public boolean scale(Workload workload, int from, int to) {
		throw new AssertionError("nobody scales a pod that serves");
	}

	private final class Held implements HeldCommand {

		private final Process process;

		private final BufferedReader lines;

		private final Path errors;

		Held(Process process, Path errors) {
			this.process = process;
			this.lines = process.inputReader(StandardCharsets.UTF_8);
			this.errors = errors;
		}

		@Override
		public @Nullable String nextLine(Duration limit) {
			try {
				return lines.readLine();
			}
			catch (IOException ex) {
				return null;
			}
		}

		@Override
		public boolean say(String line) {
			throw new AssertionError("a bundle has no lines");
		}

		@Override
		public boolean give(byte[] bytes) {
			try {
				if (piecesUntilItBreaks == 0) {
					piecesUntilItBreaks = -1;
					process.getOutputStream().write(bytes, 0, bytes.length / 2);
					process.getOutputStream().close();
					return true;
				}
				piecesUntilItBreaks--;
				process.getOutputStream().write(bytes);
				process.getOutputStream().flush();
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}

		@Override
		public String errors() {
			try {
				exit(process);
				return Files.readString(errors);
			}
			catch (IOException ex) {
				return ex.toString();
			}
		}

		@Override
		public void close() {
			try {
				process.getOutputStream().close();
			}
			catch (IOException ex) {
				// It has ended before all of its input was read.
			}
			exit(process);
		}

	}

}
