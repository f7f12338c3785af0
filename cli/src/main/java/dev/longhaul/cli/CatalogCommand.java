package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code longhaul catalog}: what nights have recorded in the bucket.
 */
@Command(name = "catalog", header = "Work with what nights have recorded in a backup target.")
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
final class CatalogCommand implements Callable<Integer> {

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
