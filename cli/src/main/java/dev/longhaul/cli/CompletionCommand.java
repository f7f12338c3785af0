package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.cli.terminal.Output;
import dev.longhaul.core.failure.ExitStatus;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code longhaul completion}.
 */
@Command(name = "completion", header = "Print a script that completes commands and options in bash and zsh.",
		footerHeading = "%nExamples:%n", footer = "  source <(longhaul completion)")
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class CompletionCommand implements Callable<Integer> {

	private final Output output;

	@Spec
	private CommandSpec spec;

	CompletionCommand(Output output) {
		this.output = output;
	}

	@Override
	public Integer call() {
		output.print(AutoComplete.bash("longhaul", spec.root().commandLine()) + "\n");
		return ExitStatus.PROVEN.code();
	}

}
