package dev.longhaul.simulator.git;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * Commits of Git repositories, as directories. A commit is fetched once; which one a
 * branch is at is asked again after a while.
 */
public final class Repositories {

	private static final int SECONDS = 20;

	private final Path directory;

	private final UnaryOperator<URI> addresses;

	private final Clock clock;

	private final Duration poll;

	private final Map<String, Checkout> checkouts = new ConcurrentHashMap<>();

	private final Map<String, Asked> answers = new ConcurrentHashMap<>();

	/**
	 * @param addresses where this machine reaches what a URL names
	 * @param poll how often a repository is asked
	 */
	public Repositories(Path directory, UnaryOperator<URI> addresses, Clock clock, Duration poll) {
		this.clock = clock;
		this.poll = poll;
		this.directory = directory;
		this.addresses = addresses;
	}

	/**
	 * @param anew whether to ask now, also if it was asked a moment ago
	 * @throws TransientFailure if the repository does not answer, or has no such revision
	 */
	public Checkout checkout(String repository, String revision, boolean anew) throws IOException {
		Asked asked = answers.get(repository + "@" + revision);
		if (!anew && asked != null && clock.instant().isBefore(asked.at().plus(poll))) {
			return asked.checkout();
		}
		answers.remove(repository + "@" + revision);
		Checkout checkout = ask(repository, revision);
		answers.put(repository + "@" + revision, new Asked(clock.instant(), checkout));
		return checkout;
	}

	private Checkout ask(String repository, String revision) throws IOException {
		URI reachable = addresses.apply(URI.create(repository));
		try {
			ObjectId commit = resolve(reachable, revision.isEmpty() ? "HEAD" : revision);
			String key = repository + "@" + commit.name();
			Checkout known = checkouts.get(key);
			if (known == null) {
				known = fetch(reachable, commit);
				checkouts.put(key, known);
			}
			return known;
		}
		catch (GitAPIException | RevisionSyntaxException ex) {
			throw new TransientFailure(FailureCode.GIT_UNREACHABLE,
					"failed to list refs of %s: %s".formatted(repository, ex.getMessage()), "look at the repository",
					ex);
		}
	}

	private static ObjectId resolve(URI repository, String revision) throws GitAPIException {
		if (ObjectId.isId(revision)) {
			return ObjectId.fromString(revision);
		}
		Map<String, Ref> refs = Git.lsRemoteRepository()
			.setRemote(repository.toString())
			.setTimeout(SECONDS)
			.callAsMap();
		for (String name : new String[] { revision, "refs/heads/" + revision, "refs/tags/" + revision }) {
			Ref ref = refs.get(name);
			if (ref != null && ref.getObjectId() != null) {
				return (ref.getPeeledObjectId() != null) ? ref.getPeeledObjectId() : ref.getObjectId();
			}
		}
		throw new TransientFailure(FailureCode.GIT_UNREACHABLE,
				"unable to resolve '%s' to a commit SHA".formatted(revision), "look at the repository");
	}

	private Checkout fetch(URI repository, ObjectId commit) throws IOException, GitAPIException {
		Path target = Files.createTempDirectory(Files.createDirectories(directory), commit.abbreviate(8).name());
		try (Git git = Git.cloneRepository()
			.setURI(repository.toString())
			.setDirectory(target.toFile())
			.setNoCheckout(true)
			.setTimeout(SECONDS)
			.call()) {
			git.checkout().setName(commit.name()).call();
		}
		return new Checkout(commit.name(), target);
	}

	/** What a repository said last. */
	private record Asked(Instant at, Checkout checkout) {
	}

	/** The files of a commit. */
	public record Checkout(String commit, Path files) {

		/**
		 * A file or folder in it.
		 * @throws IOException if there is none, or it would lie outside
		 */
		public Path find(String path) throws IOException {
			Path found = files.resolve(path).normalize();
			if (!found.startsWith(files) || !Files.exists(found)) {
				throw new IOException("%s: no such file or directory".formatted(path));
			}
			return found;
		}

	}

}
