package dev.longhaul.cli;

import java.util.Optional;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where restore points are pinned: in Git, or nowhere if that is said.
 */
final class PinOption {

	@Option(names = "--no-pins", description = "Nothing is pinned: no repository is asked.")
	private boolean none;

	@Mixin
	private final DeclarationOption declared = new DeclarationOption();

	/**
	 * @throws RefusedRequest if it is said twice, or nowhere
	 */
	RetentionSource open(Surroundings surroundings) {
		if (declared.timesNamed() + (none ? 1 : 0) > 1) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"--no-pins, --repo and --url each say what is pinned, and more than one is there",
					"name the one that counts");
		}
		if (none) {
			return application -> Optional.empty();
		}
		return declared.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says what is pinned",
					"name a clone of the GitOps repository with --repo, the repository with --url, or say --no-pins"));
	}

}
