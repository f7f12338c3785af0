package dev.longhaul.core.failure;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

import dev.longhaul.core.text.Printable;

/**
 * Prints a failure as two lines: the fact with its code, and the hint. A stack trace only
 * follows when it was asked for.
 */
public final class FailurePrinter {

	private final PrintWriter errors;

	private final BooleanSupplier debug;

	/**
	 * @param debug whether to add stack traces; asked when a failure is printed, because
	 * it is an option of the command line that may itself have failed
	 */
	public FailurePrinter(PrintWriter errors, BooleanSupplier debug) {
		this.errors = errors;
		this.debug = debug;
	}

	/**
	 * @return the exit status
	 */
	public int print(Throwable failure) {
		if (failure instanceof LonghaulException known) {
			return print(known.code(), known.fact(), known.hint(), known);
		}
		if (failure instanceof OutOfMemoryError) {
			return print(FailureCode.INTERNAL_ERROR, "the memory of the program is used up",
					"give it more, as in LONGHAUL_OPTS=-Xmx1g, or work with a lower --concurrency", failure);
		}
		return print(FailureCode.INTERNAL_ERROR,
				"unexpected " + failure.getClass().getSimpleName() + messageOf(failure),
				"run it again with --debug and report what it says; nothing is known to be damaged", failure);
	}

	/**
	 * @return the exit status
	 */
	public int print(FailureCode code, String fact, String hint, Throwable failure) {
		errors.println("longhaul: " + Printable.of(fact) + "   [" + code + "]");
		errors.println("hint: " + Printable.of(hint));
		if (debug.getAsBoolean()) {
			failure.printStackTrace(errors);
		}
		errors.flush();
		return code.exitStatus().code();
	}

	private static String messageOf(Throwable failure) {
		return (failure.getMessage() != null) ? ": " + failure.getMessage() : "";
	}

}
