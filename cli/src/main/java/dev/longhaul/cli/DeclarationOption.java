package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Retention;
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
 * Where in Git it is declared what is kept.
 */
final class DeclarationOption {

	@Option(names = "--repo", paramLabel = "DIR", description = "A clone of the repository, instead of --url.")
	private @Nullable Path clone;

	@Mixin
	private final RepositoryOption repository = new RepositoryOption();

	/** On the command line; a repository may be known from elsewhere, too. */
	long timesNamed() {
		return Stream.of(clone != null, repository.isNamed()).filter(said -> said).count();
	}

	/** Empty if nothing names a repository. */
	Optional<RetentionSource> open(Surroundings surroundings) {
		if (clone != null) {
			Path folder = clone;
			return Optional.of(application -> sound(DefinitionFolder.read(folder)).retentionOf(application));
		}
		return repository.isKnown(surroundings)
				? Optional.of(new InGit(repository.open(repository.source(surroundings), surroundings)))
				: Optional.empty();
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
