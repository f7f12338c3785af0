package dev.longhaul.scheduler;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.FailurePrinter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the command line as every failure is said: a fact, a code, a
 * hint.
 */
final class UsageFailures implements IParameterExceptionHandler {

	private final FailurePrinter printer;

	UsageFailures(FailurePrinter printer) {
		this.printer = printer;
	}

	@Override
	public int handleParseException(ParameterException failure, String[] arguments) {
		return printer.print(FailureCode.INVALID_USAGE, fact(failure), hint(failure), failure);
	}

	private static String fact(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		if (failure instanceof UnmatchedArgumentException unmatched) {
			String argument = unmatched.getUnmatched().get(0);
			String name = command.getCommandSpec().qualifiedName();
			if (unmatched.isUnknownOption()) {
				return "'%s' has no option '%s'".formatted(name, argument);
			}
			return isProgram(command) ? "there is no command '%s'".formatted(argument)
					: "'%s' takes no further argument '%s'".formatted(name, argument);
		}
		String message = String.valueOf(failure.getMessage());
		return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
	}

	private static String hint(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		String help = isProgram(command) ? "longhaul-server help" : "longhaul-server help " + command.getCommandName();
		List<String> meant = (failure instanceof UnmatchedArgumentException unmatched) ? unmatched.getSuggestions()
				: List.of();
		if (meant.isEmpty()) {
			return help + " shows how it is used";
		}
		return meant.stream()
			.limit(3)
			.map(word -> "'" + word + "'")
			.collect(Collectors.joining(" or ", "did you mean ", "? " + help + " shows all there is"));
	}

	private static boolean isProgram(CommandLine command) {
		return command.getParent() == null;
	}

}
