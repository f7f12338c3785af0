package dev.longhaul.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.backupstore.stream.AgeLock;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What a new recovery kit is locked with.
 */
final class KitLockOption {

	@Option(names = "--recipient", paramLabel = "KEY",
			description = "A public key of age, as age-keygen prints it: whoever has the identity to it opens the kit. "
					+ "May be repeated.")
	private List<Recipient> recipients = List.of();

	@Option(names = "--passphrase-file", paramLabel = "FILE",
			description = "A file with a passphrase in its only line. Without it and the others the passphrase is asked "
					+ "for on the terminal, twice.")
	private @Nullable Path passphraseFile;

	@Option(names = "--generate", description = "Make a strong passphrase and show it, once.")
	private boolean generate;

	List<Recipient> recipients() {
		return recipients;
	}

	boolean isGenerated() {
		return generate;
	}

	/**
	 * @throws RefusedRequest if it is not one of them, or a weak passphrase
	 */
	AgeLock lock(Surroundings surroundings, Prompt prompt) {
		if (Stream.of(!recipients.isEmpty(), passphraseFile != null, generate).filter(given -> given).count() > 1) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"a kit is locked for recipients, or with one passphrase",
					"give one of --recipient, --passphrase-file and --generate");
		}
		if (!recipients.isEmpty()) {
			return new AgeLock.ForRecipients(recipients.stream().distinct().toList());
		}
		return new AgeLock.WithPassphrase(passphrase(surroundings, prompt));
	}

	private Passphrase passphrase(Surroundings surroundings, Prompt prompt) {
		if (generate) {
			return Passphrase.generate(new SecureRandom());
		}
		if (passphraseFile != null) {
			KitKeyOption.noteExposure(passphraseFile, surroundings);
			return Passphrase.read(passphraseFile).requireStrong();
		}
		return askedTwice(prompt);
	}

	private static Passphrase askedTwice(Prompt prompt) {
		Passphrase first = asked(prompt, "Passphrase for the new kit").requireStrong();
		if (!asked(prompt, "The same again").secret().equals(first.secret())) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "the two passphrases are not the same",
					"type it again, or let one be made with --generate");
		}
		return first;
	}

	private static Passphrase asked(Prompt prompt, String question) {
		Optional<Secret> typed = prompt.ask(question);
		return Passphrase.of(typed.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
				"nothing says what the kit is to be locked with, and there is no terminal to ask",
				"give --recipient, --passphrase-file or --generate")));
	}

}
