package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code longhaul gitops}: Longhaul's own place in the GitOps repository.
 */
@Command(name = "gitops", header = "Work with the GitOps repository that Longhaul itself is declared in.")
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class GitopsCommand implements Callable<Integer> {

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
