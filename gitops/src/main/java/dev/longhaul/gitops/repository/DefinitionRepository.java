package dev.longhaul.gitops.repository;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
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

	private final LocalCopy copy;

	private final GitSource source;

	private final Remote remote;

	private DefinitionRepository(LocalCopy copy, GitSource source, Remote remote) {
		this.copy = copy;
		this.source = source;
		this.remote = remote;
	}

	/**
	 * @param directory for a copy of our own; made if it is not there
	 * @throws RefusedRequest if the directory cannot be used
	 */
	public static DefinitionRepository open(Path directory, GitSource source, FetchBounds bounds, Clock clock) {
		return new DefinitionRepository(LocalCopy.in(directory, clock), source, new Remote(source, bounds, clock));
	}

	/**
	 * Asks the server, and takes what is new into force if it is sound. A copy that was
	 * damaged is fetched anew.
	 * @throws TransientFailure if the server cannot be reached and nothing is in force
	 * @throws RefusedRequest if the server refuses, or if the first definitions ever read
	 * have a mistake
	 */
	public InForce refresh() {
		try {
			return refresh(copy.current());
		}
		catch (DamagedCopyException damage) {
			return renewed(damage);
		}
	}

	private InForce renewed(DamagedCopyException damage) {
		try {
			copy.renew(source, remote);
			return refresh(copy.current());
		}
		catch (TransientFailure ex) {
			return kept(ex, damage);
		}
		catch (DamagedCopyException ex) {
			// What was fetched a moment ago cannot be read: it is the disk.
			throw copy.unusable(ex);
		}
	}

	/** What is in force may lie in a part of the copy that is whole. */
	private InForce kept(TransientFailure away, DamagedCopyException damage) {
		Optional<InForce> kept;
		try {
			LocalRepository local = copy.current();
			kept = local.inForce(source).map(revision -> notAsked(local, revision, away));
		}
		catch (DamagedCopyException ex) {
			kept = Optional.empty();
		}
		return kept.orElseThrow(() -> new TransientFailure(away.code(),
				"%s; and the copy of it on this machine is damaged: %s".formatted(away.fact(), damage.getMessage()),
				"it is fetched anew as soon as the server answers", away));
	}

	private InForce refresh(LocalRepository local) {
		Optional<Revision> before = local.inForce(source);
		Revision newest;
		try {
			newest = local.fetchNewest(source, remote);
		}
		catch (TransientFailure ex) {
			return notAsked(local, before.orElseThrow(() -> ex), ex);
		}
		List<DefinitionFile> files = local.files(newest).definitions();
		ReadResult result = DefinitionReader.read(files);
		if (result instanceof ReadResult.Sound sound) {
			local.putInForce(source, newest);
			local.collect();
			return new InForce(newest, sound.definitions(), new Standing.Newest(), files);
		}
		List<Problem> problems = ((ReadResult.Refused) result).problems();
		Revision kept = before.orElseThrow(() -> refused(newest, problems));
		return kept(local, kept, new Standing.NewestRefused(newest, problems));
	}

	private static InForce notAsked(LocalRepository local, Revision kept, TransientFailure why) {
		return kept(local, kept, new Standing.NotAsked(why.fact()));
	}

	/**
	 * It was sound when it was put in force; a newer version of Longhaul may be stricter.
	 */
	private static InForce kept(LocalRepository local, Revision kept, Standing standing) {
		List<DefinitionFile> files = local.files(kept).definitions();
		ReadResult result = DefinitionReader.read(files);
		if (result instanceof ReadResult.Sound sound) {
			return new InForce(kept, sound.definitions(), standing, files);
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
		copy.close();
	}

}
