package dev.longhaul.cli.terminal;

import java.util.Optional;

/**
 * Asks the person at the terminal whether it is meant.
 */
@FunctionalInterface
public interface Confirmation {

	/**
	 * What was typed; empty if there is nobody to ask.
	 */
	Optional<String> ask(String question);

	/**
	 * That of this process: only where standard input and output are both a terminal.
	 */
	static Confirmation ofConsole() {
		return question -> Optional.ofNullable(System.console()).map(console -> console.readLine("%s: ", question));
	}

}
