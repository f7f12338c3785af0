package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.DefinitionsJson;
import dev.longhaul.cli.render.DefinitionsText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.ReadResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code longhaul jobs validate}.
 */
@Command(name = "validate", header = "Check applications and jobs before they are committed.", description = { "",
		"Reads longhaul/jobs/ and longhaul/applications/ as the server would: an unknown key, a wrong type, a bad "
				+ "cron expression, a claim that is named twice is refused with file, line and column. If all is "
				+ "sound, shows when each job comes due.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul jobs validate .", "  longhaul jobs validate longhaul/jobs/nightly.yaml",
				"  longhaul jobs validate . --output json | jq -r '.problems[] | \"\\(.file):\\(.line) \\(.fact)\"'" })
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class ValidateJobsCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	@Parameters(paramLabel = "PATH",
			description = "A clone of the GitOps repository, its folder longhaul/, or one file.")
	private Path path;

	@Mixin
	private final FormatOption format = new FormatOption();

	ValidateJobsCommand(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public Integer call() {
		ReadResult result = DefinitionFolder.read(path);
		if (format.isJson()) {
			new DefinitionsJson(surroundings.clock().instant()).write(result, surroundings.output());
		}
		else if (result instanceof ReadResult.Sound sound) {
			surroundings.output()
				.print(new DefinitionsText(surroundings.style(), surroundings.terminal().width())
					.sound(sound.definitions(), surroundings.clock().instant()));
		}
		else {
			surroundings.errors().print(DefinitionsText.refused((ReadResult.Refused) result));
			surroundings.errors().flush();
		}
		return ((result instanceof ReadResult.Sound) ? ExitStatus.PROVEN : ExitStatus.USAGE).code();
	}

}
