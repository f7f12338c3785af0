package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.cli.render.DefinitionsJson;
import dev.longhaul.cli.terminal.Output;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Command;

/**
 * {@code longhaul jobs schema}.
 */
@Command(name = "schema", header = "Print the JSON Schema of applications and jobs, with which editors complete.",
		footerHeading = "%nExamples:%n",
		footer = { "  longhaul jobs schema > longhaul.schema.json", "", "  and in the first line of a definition:",
				"  # yaml-language-server: $schema=../../longhaul.schema.json" })
final class JobSchemaCommand implements Callable<Integer> {

	private final Output output;

	JobSchemaCommand(Output output) {
		this.output = output;
	}

	@Override
	public Integer call() {
		DefinitionsJson.writeSchema(output);
		return ExitStatus.PROVEN.code();
	}

}
