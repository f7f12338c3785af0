package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code longhaul} itself: what all commands have.
 */
@Command(name = "longhaul", versionProvider = Version.class,
		header = "Backs up, proves, restores and migrates Longhorn volumes.",
		description = { "",
				"What is in a backup target, whether it can be read back, and the data itself, "
						+ "without a cluster and without Longhorn.",
				"" },
		footer = { "", "Credentials are taken from the variables that Longhorn's own secret has: AWS_ACCESS_KEY_ID, "
				+ "AWS_SECRET_ACCESS_KEY, AWS_ENDPOINTS, AWS_CERT, VIRTUAL_HOSTED_STYLE, HTTPS_PROXY, HTTP_PROXY, NO_PROXY.",
				"",
				"'longhaul help COMMAND' shows more, with examples. The script ./longhaul also runs the demo and the "
						+ "server: ./longhaul demo, ./longhaul server." })
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class Longhaul implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = "--version", versionHelp = true, description = "Show the version.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
	private boolean version;

	@Option(names = "--debug", scope = ScopeType.INHERIT, description = "Add stack traces to messages.")
	private boolean debug;

	boolean debug() {
		return debug;
	}

	/** Without a command there is nothing to do but to say which there are. */
	@Override
	public Integer call() {
		CommandLine commandLine = spec.commandLine();
		commandLine.usage(commandLine.getErr());
		return ExitStatus.USAGE.code();
	}

}
