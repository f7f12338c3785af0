package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.InForce.Standing;

/**
 * Keeps the newest definitions of a branch that are sound. What is in force stays in
 * force, over restarts too, while the server is away and while the newest commit has a
 * mistake in it.
 * <p>
 * Not for several threads, nor for several processes on one directory.
 */
public final class DefinitionRepository implements AutoCloseable {

	private final LocalRepository local;

	private final GitSource source;

	private DefinitionRepository(LocalRepository local, GitSource source) {
		this.local = local;
		this.source = source;
	}

	/**
	 * @param directory for a bare repository of our own; made if it is not there
	 * @throws RefusedRequest if the directory cannot be used
	 */
	public static DefinitionRepository open(Path directory, GitSource source, FetchBounds bounds, Clock clock) {
		try {
			return new DefinitionRepository(LocalRepository.open(directory, bounds, clock), source);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the directory '%s' for the Git repository cannot be used: %s".formatted(directory,
							ex.getMessage()),
					"it must be a directory that this process may write and that holds nothing else", ex);
		}
	}

	/**
	 * Asks the server, and takes what is new into force if it is sound.
	 * @throws TransientFailure if the server cannot be reached and nothing is in force
	 * @throws RefusedRequest if the server refuses, or if the first definitions ever read
	 * have a mistake
	 */
	public InForce refresh() {
		Optional<Revision> before = local.inForce(source);
		Revision newest;
		try {
			newest = local.fetch(source);
		}
		catch (TransientFailure ex) {
			Revision kept = before.orElseThrow(() -> ex);
			return new InForce(kept, definitions(kept), new Standing.NotAsked(ex.fact()));
		}
		ReadResult result = DefinitionReader.read(local.files(newest));
		if (result instanceof ReadResult.Sound sound) {
			local.putInForce(source, newest);
			return new InForce(newest, sound.definitions(), new Standing.Newest());
		}
		List<Problem> problems = ((ReadResult.Refused) result).problems();
		Revision kept = before.orElseThrow(() -> refused(newest, problems));
		return new InForce(kept, definitions(kept), new Standing.NewestRefused(newest, problems));
	}

	/**
	 * It was sound when it was put in force; a newer version of Longhaul may be stricter.
	 */
	private Definitions definitions(Revision kept) {
		ReadResult result = DefinitionReader.read(local.files(kept));
		if (result instanceof ReadResult.Sound sound) {
			return sound.definitions();
		}
		throw refused(kept, ((ReadResult.Refused) result).problems());
	}

	private static RefusedRequest refused(Revision revision, List<Problem> problems) {
		int others = problems.size() - 1;
		return new RefusedRequest(FailureCode.INVALID_DEFINITION,
				"commit %s: %s: %s%s".formatted(revision, problems.get(0).position(), problems.get(0).fact(),
						(others > 0) ? ", and %d more".formatted(others) : ""),
				problems.get(0).hint() + "; 'longhaul jobs validate' shows all of them before they are committed");
	}

	@Override
	public void close() {
		local.close();
	}

}
