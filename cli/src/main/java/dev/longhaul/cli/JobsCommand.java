package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code longhaul jobs}: what is declared in the GitOps repository.
 */
@Command(name = "jobs", header = "Work with the applications and jobs that are declared in Git.")
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class JobsCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	/** Without a command there is nothing to do but to say which there are. */
	@Override
	public Integer call() {
		CommandLine commandLine = spec.commandLine();
		commandLine.usage(commandLine.getErr());
		return ExitStatus.USAGE.code();
	}

}
