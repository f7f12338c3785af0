package dev.longhaul.simulator.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

import dev.longhaul.simulator.kubelet.Kubelet;

/**
 * The programs of this machine that tests need, and those that tests started.
 */
public final class Programs {

	private Programs() {
	}

	/** Aborts the test with the reason if containers cannot run here. */
	public static void requireSandboxes() {
		Kubelet.obstacle().ifPresent(reason -> abort("containers cannot run here: " + reason));
	}

	/** Aborts the test if a program is not installed. */
	public static void require(String program) {
		boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
		if (!there) {
			abort(program + " is not installed");
		}
	}

	/** The processes of this machine whose command line contains a text. */
	public static List<ProcessHandle> running(String text) {
		return ProcessHandle.allProcesses()
			.filter(process -> commandLine(process).filter(line -> line.contains(text)).isPresent())
			.toList();
	}

	private static Optional<String> commandLine(ProcessHandle process) {
		return process.info().commandLine();
	}

	private static void abort(String reason) {
		System.err.println("[aborted] " + reason);
		Assumptions.abort(reason);
	}

}
