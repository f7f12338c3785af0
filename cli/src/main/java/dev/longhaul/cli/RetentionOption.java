package dev.longhaul.cli;

import java.util.Map;
import java.util.Optional;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What is to be kept: as it is declared in Git, or as the command line says.
 */
final class RetentionOption {

	@Option(names = "--policy", paramLabel = "POLICY",
			description = "Instead of what is declared, for all applications: 'daily 7, weekly 4, within 14d, "
					+ "Europe/Berlin'. Knows no pins.")
	private @Nullable RetentionPolicy policy;

	@Mixin
	private final DeclarationOption declared = new DeclarationOption();

	/**
	 * @throws RefusedRequest if it is said twice, or nowhere
	 */
	RetentionSource open(Surroundings surroundings) {
		if (declared.timesNamed() + ((policy != null) ? 1 : 0) > 1) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"--policy, --repo and --url each say what is kept, and more than one is there",
					"name the one that counts");
		}
		if (policy != null) {
			Retention retention = new Retention(policy, Map.of());
			return application -> Optional.of(retention);
		}
		return declared.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says what is kept",
					"name a clone of the GitOps repository with --repo, the repository with --url, or a policy with "
							+ "--policy 'daily 7, weekly 4'"));
	}

}
