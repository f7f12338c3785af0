package dev.longhaul.cli.option;

import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The option that every command has for the asking of how it is used.
 */
public final class HelpOption {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
	private boolean asked;

	/** A command that has it. */
	public static CommandLine helpful(Object command) {
		return new CommandLine(command).addMixin("help", new HelpOption());
	}

}
