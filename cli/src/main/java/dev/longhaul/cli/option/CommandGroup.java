package dev.longhaul.cli.option;

import java.util.concurrent.Callable;

import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that only has commands of its own.
 */
@SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
public abstract class CommandGroup implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	/** Without a command there is nothing to do but to say which there are. */
	@Override
	public final Integer call() {
		CommandLine commandLine = spec.commandLine();
		commandLine.usage(commandLine.getErr());
		return ExitStatus.USAGE.code();
	}

}
