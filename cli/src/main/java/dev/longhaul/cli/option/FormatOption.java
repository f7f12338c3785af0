package dev.longhaul.cli.option;

import picocli.CommandLine.Option;

/**
 * For whom a command reports.
 */
public final class FormatOption {

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "text for people, or json: exactly one document on standard output. Default: ${DEFAULT-VALUE}.")
	private OutputFormat format = OutputFormat.TEXT;

	public boolean isJson() {
		return format == OutputFormat.JSON;
	}

}
