package dev.longhaul.cli.terminal;

import java.util.Arrays;
import java.util.Optional;

import dev.longhaul.core.secret.Secret;

/**
 * Asks the person at the terminal for something that must not be seen.
 */
@FunctionalInterface
public interface Prompt {

	/**
	 * What was typed, without being shown; empty if there is nobody to ask.
	 */
	Optional<Secret> ask(String question);

	/**
	 * That of this process: only where standard input and output are both a terminal.
	 */
	static Prompt ofConsole() {
		return question -> Optional.ofNullable(System.console())
			.map(console -> console.readPassword("%s: ", question))
			.map(Prompt::secret);
	}

	private static Secret secret(char[] typed) {
		Secret secret = Secret.of(new String(typed));
		Arrays.fill(typed, '\0');
		return secret;
	}

}
