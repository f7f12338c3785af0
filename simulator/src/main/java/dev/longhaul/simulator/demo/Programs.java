package dev.longhaul.simulator.demo;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.Interruption;

/**
 * The programs of Longhaul, as processes of their own: what the demo shows is what a user
 * gets.
 *
 * @param launcher the script that a user types
 * @param told where what they print to standard output goes, if nobody here reads it
 */
record Programs(Path launcher, Redirect told) {

	/** Longer than a server takes to put a run in order that is cut short. */
	private static final Duration END = Duration.ofSeconds(50);

	/** Starts a program that keeps running. */
	Process start(List<String> arguments, Map<String, String> variables) throws IOException {
		return start(arguments, variables, told);
	}

	/** Tells a program to end, and waits until it has. */
	static void end(Process process) {
		process.destroy();
		process.onExit().completeOnTimeout(process, END.toSeconds(), TimeUnit.SECONDS).join();
		process.destroyForcibly();
	}

	/** Runs a command. */
	int longhaul(List<String> arguments, Map<String, String> variables) throws IOException {
		return await(start(arguments, variables));
	}

	/** Runs a command and keeps what it prints to standard output. */
	String output(List<String> arguments, Map<String, String> variables) throws IOException {
		Process process = start(arguments, variables, Redirect.PIPE);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		await(process);
		return output;
	}

	private Process start(List<String> arguments, Map<String, String> variables, Redirect output) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(launcher.toString());
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.from(new File("/dev/null")))
			.redirectOutput(output)
			.redirectError(Redirect.INHERIT);
		builder.environment().putAll(variables);
		return builder.start();
	}

	/** A process of the demo ends with the demo. */
	private static int await(Process process) {
		try {
			return process.waitFor();
		}
		catch (InterruptedException ex) {
			process.destroy();
			throw new Interruption("interrupted");
		}
	}

}
