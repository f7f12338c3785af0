package dev.longhaul.cli;

import picocli.CommandLine.Option;

/**
 * The option that every command has for the asking of how it is used.
 */
final class HelpOption {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Show this help.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
	private boolean asked;

}
