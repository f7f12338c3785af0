package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.RepositoryWriter;
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

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Mixin
	private final RepositoryOption repository = new RepositoryOption();

	/**
	 * @throws RefusedRequest if it is said twice, or nowhere
	 */
	RetentionSource open(Surroundings surroundings) {
		long named = Stream.of(policy != null, clone != null, repository.isNamed()).filter(said -> said).count();
		if (named > 1) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"--policy, --repo and --url each say what is kept, and more than one is there",
					"name the one that counts");
		}
		if (policy != null) {
			Retention retention = new Retention(policy, Map.of());
			return application -> Optional.of(retention);
		}
		if (clone != null) {
			Path folder = clone;
			return application -> sound(DefinitionFolder.read(folder)).retentionOf(application);
		}
		if (!repository.isKnown(surroundings)) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says what is kept",
					"name a clone of the GitOps repository with --repo, the repository with --url, or a policy with "
							+ "--policy 'daily 7, weekly 4'");
		}
		return new InGit(repository.open(repository.source(surroundings), surroundings));
	}

	private static Definitions sound(ReadResult result) {
		if (result instanceof ReadResult.Sound sound) {
			return sound.definitions();
		}
		List<Problem> problems = ((ReadResult.Refused) result).problems();
		throw new RefusedRequest(FailureCode.INVALID_DEFINITION, problems.get(0).toString(),
				"'longhaul jobs validate' shows all mistakes");
	}

	/** Asks the server at every look. */
	private record InGit(RepositoryWriter repository) implements RetentionSource {

		@Override
		public Optional<Retention> of(ApplicationName application) {
			return sound(DefinitionReader.read(repository.read())).retentionOf(application);
		}

		@Override
		public void close() {
			repository.close();
		}

	}

}
