package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import dev.longhaul.restore.plan.Beginning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The bucket that is restored from: by its URL, with the credentials of the environment,
 * or out of a recovery kit, which has all of it.
 */
final class RestoreSourceOption {

	@Option(names = "--target", paramLabel = "URL",
			description = "The backup target: s3://bucket@region/path as Longhorn has it, or file:///directory.")
	private @Nullable TargetUrl target;

	@Option(names = "--kit", paramLabel = "FILE",
			description = "A recovery kit, which names the target, its credentials and whose signatures are believed.")
	private @Nullable Path kit;

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Mixin
	private final TrustOption trust = new TrustOption();

	/**
	 * A bucket and what opens it. Never printed.
	 *
	 * @param variables by Longhorn's names, credentials among them
	 * @param kit that it is out of; null if it is out of none
	 */
	record Source(TargetUrl url, Map<String, String> variables, Seal seal, @Nullable OpenedKit kit) {

		@Override
		public String toString() {
			return url.toString();
		}

	}

	/** A kit and which one it is. */
	record OpenedKit(KitId id, Kit kit) {

		/** What a whole cluster is rebuilt from. */
		Beginning beginning() {
			return new Beginning(id, kit.bootstrap(), kit.secrets().stream().map(NamedSecret::ref).toList(),
					kit.longhorn().namespace());
		}

	}

	/**
	 * @throws RefusedRequest if neither or both are named, or the kit cannot be opened
	 */
	Source open(Surroundings surroundings, Prompt prompt) {
		if ((target == null) == (kit == null)) {
			throw notOne(target);
		}
		if (target != null) {
			return new Source(target, surroundings.environment(), trust.seal(), null);
		}
		return ofKit(surroundings, prompt).orElseThrow();
	}

	/** Neither or both are named. */
	static RefusedRequest notOne(@Nullable TargetUrl target) {
		return new RefusedRequest(FailureCode.INVALID_USAGE,
				(target == null) ? "nothing says which bucket is restored from"
						: "both a target and a kit say which bucket is restored from",
				"name its URL with --target, or a recovery kit with --kit");
	}

	/**
	 * Empty if no kit is named.
	 * @throws RefusedRequest if there is one that cannot be opened
	 */
	Optional<Source> ofKit(Surroundings surroundings, Prompt prompt) {
		return Optional.ofNullable(kit).map(file -> opened(file, key, trust, surroundings, prompt));
	}

	/**
	 * @param trust whose signatures are believed, if the kit does not say it
	 * @throws RefusedRequest if it cannot be opened
	 */
	static Source opened(Path kit, KitKeyOption key, TrustOption trust, Surroundings surroundings, Prompt prompt) {
		KitFile file = KitFile.read(kit);
		Kit opened = key.open(file, surroundings, prompt);
		return new Source(opened.bucket().url(), opened.bucket().reveal(), seal(opened, trust),
				new OpenedKit(file.id(), opened));
	}

	/** Of the keys in a kit, unless others are named. */
	private static Seal seal(Kit opened, TrustOption trust) {
		boolean own = trust.files().isEmpty() && !opened.signingKeys().isEmpty();
		return own ? Seal.trusting(TrustedKeys.parse(opened.signingKeys(), "a key in the kit")) : trust.seal();
	}

	/** Says it if no signature is checked. */
	void note(Source source, Surroundings surroundings) {
		if (!source.seal().checks()) {
			trust.note(surroundings.errors());
		}
	}

}
