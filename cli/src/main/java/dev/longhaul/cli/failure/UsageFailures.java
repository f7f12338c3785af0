package dev.longhaul.cli.failure;

import java.util.List;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.FailurePrinter;
import dev.longhaul.core.failure.LonghaulException;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/**
 * Turns what picocli says of a wrong command line into a fact and a hint.
 */
public final class UsageFailures implements IParameterExceptionHandler {

	private final FailurePrinter printer;

	public UsageFailures(FailurePrinter printer) {
		this.printer = printer;
	}

	@Override
	public int handleParseException(ParameterException failure, String[] arguments) {
		if (failure.getCause() instanceof LonghaulException known) {
			return printer.print(known);
		}
		return printer.print(FailureCode.INVALID_USAGE, fact(failure), hint(failure), failure);
	}

	private static String fact(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		if (failure instanceof UnmatchedArgumentException unmatched) {
			String argument = unmatched.getUnmatched().get(0);
			if (unmatched.isUnknownOption()) {
				return "'%s' has no option '%s'".formatted(name(command), argument);
			}
			return command.getSubcommands().isEmpty()
					? "'%s' takes no further argument '%s'".formatted(name(command), argument)
					: "there is no command '%s'"
						.formatted((name(command) + " " + argument).substring("longhaul ".length()));
		}
		String message = String.valueOf(failure.getMessage());
		return message.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + message.substring(1);
	}

	private static String hint(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		List<String> meant = (failure instanceof UnmatchedArgumentException unmatched) ? unmatched.getSuggestions()
				: List.of();
		String help = help(command);
		if (meant.isEmpty()) {
			return help + " shows how it is used";
		}
		return meant.stream()
			.limit(3)
			.map(word -> "'" + word + "'")
			.collect(Collectors.joining(" or ", "did you mean ", "? " + help + " shows all there is"));
	}

	/** 'help' knows the commands of the root only. */
	private static String help(CommandLine command) {
		if (isRoot(command)) {
			return "longhaul help";
		}
		return isRoot(command.getParent()) ? "longhaul help " + command.getCommandName() : name(command) + " --help";
	}

	private static boolean isRoot(CommandLine command) {
		return command.getParent() == null;
	}

	private static String name(CommandLine command) {
		return command.getCommandSpec().qualifiedName();
	}

}
