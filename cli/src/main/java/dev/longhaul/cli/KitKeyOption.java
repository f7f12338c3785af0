package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Optional;

import dev.longhaul.backupstore.stream.AgeKey;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What opens a recovery kit. Never an argument: others on the machine see those.
 */
final class KitKeyOption {

	@Option(names = "--identity", paramLabel = "FILE",
			description = "A file with a secret key of age, as age-keygen writes it, for a kit that is for recipients.")
	private @Nullable Path identity;

	@Option(names = "--passphrase-file", paramLabel = "FILE",
			description = "A file with the passphrase in its only line. Without it the passphrase is asked for on the "
					+ "terminal.")
	private @Nullable Path passphraseFile;

	/**
	 * @throws RefusedRequest if nothing that opens it was given, or what was given does
	 * not
	 */
	Kit open(KitFile file, Surroundings surroundings, Prompt prompt) {
		return file.open(key(file, surroundings, prompt));
	}

	/** The passphrase, where that is what opens it. */
	Opened openForPage(KitFile file, Surroundings surroundings, Prompt prompt) {
		AgeKey key = key(file, surroundings, prompt);
		return new Opened(file.open(key), (key instanceof Passphrase passphrase) ? passphrase : null);
	}

	private AgeKey key(KitFile file, Surroundings surroundings, Prompt prompt) {
		if (identity != null && passphraseFile != null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "both an identity and a passphrase are given",
					"a kit is opened by one of them; its page says by which");
		}
		if (identity != null) {
			noteExposure(identity, surroundings);
			return Identities.read(identity);
		}
		if (passphraseFile != null) {
			noteExposure(passphraseFile, surroundings);
			return Passphrase.read(passphraseFile);
		}
		if (!file.needsPassphrase()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"kit %s is encrypted for recipients, and no identity is given".formatted(file.id()),
					"give the file with the secret key of one of them as --identity");
		}
		return asked(file, prompt);
	}

	private static Passphrase asked(KitFile file, Prompt prompt) {
		Optional<Secret> typed = prompt.ask("Passphrase of kit %s".formatted(file.id()));
		if (typed.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"kit %s is locked with a passphrase, and there is no terminal to ask for it".formatted(file.id()),
					"give a file with it as --passphrase-file");
		}
		return Passphrase.of(typed.get());
	}

	/** Used all the same: who restores has enough to do. */
	static void noteExposure(Path secret, Surroundings surroundings) {
		if (Identities.isOpenToOthers(secret)) {
			surroundings.errors()
				.println("note: others than its owner may read %s; chmod 600 ends that"
					.formatted(Printable.of(secret.toString())));
			surroundings.errors().flush();
		}
	}

	/**
	 * A kit that was opened.
	 *
	 * @param passphrase null if an identity has opened it
	 */
	record Opened(Kit kit, @Nullable Passphrase passphrase) {

	}

}
