package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.change.EditedFiles;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.WriteResult.Planned;
import dev.longhaul.gitops.repository.WriteResult.Pushed;
import dev.longhaul.gitops.repository.WriteResult.Refused;
import dev.longhaul.gitops.repository.WriteResult.Unchanged;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * Changes a branch by one commit on top of its newest, never by force. When somebody else
 * was faster, the change is applied again to what they left, unless they changed the very
 * thing it is about.
 * <p>
 * Not for several threads, nor for several processes on one directory.
 */
public final class RepositoryWriter implements AutoCloseable {

	/** Of pushes. Whoever loses this often should look at who else is pushing. */
	private static final int MOST_ATTEMPTS = 5;

	private final LocalCopy copy;

	private final GitSource source;

	private final Remote remote;

	private final Clock clock;

	/** Deleted in the end; null if the copy is kept. */
	private final @Nullable Path temporary;

	private RepositoryWriter(LocalCopy copy, @Nullable Path temporary, GitSource source, Remote remote, Clock clock) {
		this.copy = copy;
		this.temporary = temporary;
		this.source = source;
		this.remote = remote;
		this.clock = clock;
	}

	/**
	 * @param directory for a copy of our own; made if it is not there
	 * @throws RefusedRequest if the directory cannot be used
	 */
	public static RepositoryWriter open(Path directory, GitSource source, FetchBounds bounds, Clock clock) {
		return new RepositoryWriter(LocalCopy.in(directory, clock), null, source, new Remote(source, bounds, clock),
				clock);
	}

	/**
	 * With a copy that is deleted in the end.
	 * @throws RefusedRequest if there is no place for one
	 */
	public static RepositoryWriter openOnce(GitSource source, FetchBounds bounds, Clock clock) {
		try {
			Path directory = Files.createTempDirectory("longhaul");
			return new RepositoryWriter(LocalCopy.in(directory, clock), directory, source,
					new Remote(source, bounds, clock), clock);
		}
		catch (IOException ex) {
			throw noPlace(ex);
		}
	}

	private static RefusedRequest noPlace(IOException failure) {
		return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
				"a temporary copy of the repository cannot be kept: " + failure.getMessage(),
				"name another place with -Djava.io.tmpdir in LONGHAUL_OPTS", failure);
	}

	/**
	 * What a change would come to. Nothing is written.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws RefusedRequest if the server refuses, or the change makes no sense
	 */
	public WriteResult plan(RepositoryChange change) {
		return whole(local -> {
			Attempt attempt = prepare(local, change);
			return attempt.conclusion()
				.orElseGet(() -> new Planned(attempt.base(), attempt.proposal().subject(), attempt.files(),
						attempt.proposal().notes()));
		});
	}

	/**
	 * The newest definitions, for whoever only looks. Nothing is written.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws RefusedRequest if the server refuses
	 */
	public List<DefinitionFile> read() {
		return whole(local -> local.files(local.fetchNewest(source, remote)).definitions());
	}

	/**
	 * Changes the branch.
	 * @param reason for people; empty for none
	 * @throws TransientFailure if the server cannot be reached, or others were faster
	 * again and again; nothing was changed
	 * @throws RefusedRequest if the server refuses, the change makes no sense, or
	 * somebody else changed the same meanwhile; nothing was changed
	 * @throws OutcomeUnknown if the server went away while it was told; the same change
	 * again finds out
	 */
	public WriteResult write(RepositoryChange change, Author author, String reason) {
		SortedMap<String, String> basis = null;
		PushAnswer last = new PushAnswer.Moved();
		for (int attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
			Attempt attempt = whole(local -> prepare(local, change));
			if (attempt.conclusion().isPresent()) {
				return attempt.conclusion().get();
			}
			requireSame(basis, attempt.proposal());
			basis = attempt.proposal().basis();
			Revision commit = whole(local -> commit(local, attempt, author, reason));
			last = push(commit, attempt);
			if (last instanceof PushAnswer.Done) {
				return new Pushed(commit, attempt.files(), attempt.proposal().notes());
			}
		}
		throw notPushed(last);
	}

	private TransientFailure notPushed(PushAnswer last) {
		if (last instanceof PushAnswer.Lost lost) {
			return new TransientFailure(
					FailureCode.GIT_UNREACHABLE, "%s went away at %d attempts to push to it: %s".formatted(source,
							MOST_ATTEMPTS, lost.cause().getMessage()),
					"nothing was changed; try again later", lost.cause());
		}
		return new TransientFailure(FailureCode.GIT_RACE,
				"others were faster at %d attempts to push to %s".formatted(MOST_ATTEMPTS, source),
				"try again when they have finished");
	}

	private Attempt prepare(LocalRepository local, RepositoryChange change) {
		local.collect();
		String branch = local.branch(source, remote);
		Revision base = local.fetchNewest(source, remote);
		RepositoryFiles files = local.files(base);
		Proposal proposal = change.apply(files);
		ReadResult after = DefinitionReader.read(new EditedFiles(files, proposal.files()).definitions());
		return new Attempt(branch, base, proposal, FileChange.of(files, proposal), after);
	}

	private Revision commit(LocalRepository local, Attempt attempt, Author author, String reason) {
		String subject = attempt.proposal().subject();
		String message = reason.isBlank() ? subject + "\n" : subject + "\n\n" + reason.strip() + "\n";
		return local.commit(attempt.base(), attempt.proposal().files(), ident(author), ident(Author.LONGHAUL), message);
	}

	private PersonIdent ident(Author author) {
		return new PersonIdent(author.name(), author.email(), clock.instant(), ZoneOffset.UTC);
	}

	/**
	 * @return done; or why nothing was changed, where trying again may help
	 */
	private PushAnswer push(Revision commit, Attempt attempt) {
		PushAnswer answer = whole(local -> local.push(remote, commit, attempt.branch(), attempt.base()));
		if (answer instanceof PushAnswer.Rejected rejected) {
			requireMoved(rejected, attempt.base());
			return new PushAnswer.Moved();
		}
		if (answer instanceof PushAnswer.Lost lost && isThere(commit, attempt.base(), lost)) {
			return new PushAnswer.Done();
		}
		return answer;
	}

	/** A lock that somebody else holds looks like a rule that stands against it. */
	private void requireMoved(PushAnswer.Rejected rejected, Revision base) {
		if (whole(local -> local.fetchNewest(source, remote)).equals(base)) {
			throw new RefusedRequest(FailureCode.GIT_REFUSED,
					"%s does not take the change: %s".formatted(source, rejected.reason()),
					"is the branch protected? Allow this user to push to it, or name another branch");
		}
	}

	private boolean isThere(Revision commit, Revision base, PushAnswer.Lost lost) {
		try {
			Optional<Boolean> there = copy.current().isInHistory(commit, base, source, remote);
			return there.orElseThrow(() -> unknown(commit, lost));
		}
		catch (TransientFailure | DamagedCopyException ex) {
			throw unknown(commit, lost);
		}
	}

	private OutcomeUnknown unknown(Revision commit, PushAnswer.Lost lost) {
		return new OutcomeUnknown(FailureCode.GIT_UNREACHABLE,
				"%s went away while commit %s was pushed; it may be there or not: %s".formatted(source, commit,
						lost.cause().getMessage()),
				"run the same command again: if the change is there, it says so and changes nothing", lost.cause());
	}

	private static void requireSame(@Nullable SortedMap<String, String> basis, Proposal proposal) {
		if (basis == null || basis.equals(proposal.basis())) {
			return;
		}
		String changed = basis.entrySet()
			.stream()
			.filter(entry -> !entry.getValue().equals(proposal.basis().get(entry.getKey())))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse("it");
		throw new RefusedRequest(FailureCode.GIT_CONFLICT, "somebody else changed %s meanwhile".formatted(changed),
				"look at what is there now, and decide again; nothing of theirs was touched");
	}

	/** Does something with the copy, fetched anew first if it is damaged. */
	private <T> T whole(Function<LocalRepository, T> work) {
		try {
			return work.apply(copy.current());
		}
		catch (DamagedCopyException damage) {
			try {
				copy.renew(source, remote);
				return work.apply(copy.current());
			}
			catch (DamagedCopyException ex) {
				throw copy.unusable(ex);
			}
		}
	}

	@Override
	public void close() {
		copy.close();
		try {
			if (temporary != null) {
				LocalCopy.delete(temporary);
			}
		}
		catch (IOException ex) {
			throw noPlace(ex);
		}
	}

	/**
	 * A change, worked out on the newest commit.
	 *
	 * @param after what reading the definitions comes to with it
	 */
	private record Attempt(String branch, Revision base, Proposal proposal, List<FileChange> files, ReadResult after) {

		/**
		 * What is said instead of changing anything; empty if there is something to do.
		 */
		Optional<WriteResult> conclusion() {
			if (proposal.files().isEmpty()) {
				return Optional.of(new Unchanged(base));
			}
			return (after instanceof ReadResult.Refused refused) ? Optional.of(new Refused(base, refused.problems()))
					: Optional.empty();
		}

	}

}
