package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DefinitionReader;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * Our own copy of the branch: a bare repository with the newest commit, and a reference
 * to the one in force.
 */
final class LocalRepository implements AutoCloseable {

	private static final String NEWEST = "refs/longhaul/newest";

	/** One per source, so that another URL or branch does not inherit it. */
	private static final String IN_FORCE = "refs/longhaul/in-force/";

	private final Git git;

	private final FetchBounds bounds;

	private final Clock clock;

	private LocalRepository(Git git, FetchBounds bounds, Clock clock) {
		this.git = git;
		this.bounds = bounds;
		this.clock = clock;
	}

	static LocalRepository open(Path directory, FetchBounds bounds, Clock clock) throws IOException {
		try {
			return new LocalRepository(Git.init().setBare(true).setGitDir(directory.toFile()).call(), bounds, clock);
		}
		catch (GitAPIException | JGitInternalException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Fetches the newest commit of the branch, without its history.
	 * @throws dev.longhaul.core.failure.TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	Revision fetch(GitSource source) {
		String branch = (source.branch() != null) ? Constants.R_HEADS + source.branch() : Constants.HEAD;
		try {
			git.fetch()
				.setRemote(source.url())
				.setRefSpecs(new RefSpec("+" + branch + ":" + NEWEST))
				.setTagOpt(TagOpt.NO_TAGS)
				.setDepth(1)
				.setTimeout((int) bounds.silence().toSeconds())
				.setCredentialsProvider(credentials(source.login()))
				.setTransportConfigCallback(transport -> ((TransportHttp) transport)
					.setHttpConnectionFactory(BoundedConnection.within(bounds, clock)))
				.call();
			return revision(git.getRepository().resolve(NEWEST));
		}
		catch (GitAPIException | JGitInternalException | IOException ex) {
			throw GitFailures.explain(source, ex);
		}
	}

	private static UsernamePasswordCredentialsProvider credentials(GitLogin login) {
		return (login instanceof GitLogin.Token token)
				? new UsernamePasswordCredentialsProvider(token.user(), token.secret())
				: new UsernamePasswordCredentialsProvider("", "");
	}

	/** Empty if nothing of this source was ever in force. */
	Optional<Revision> inForce(GitSource source) {
		try {
			Ref ref = git.getRepository().exactRef(nameOf(source));
			return (ref != null) ? Optional.of(revision(ref.getObjectId())) : Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void putInForce(GitSource source, Revision revision) {
		try {
			RefUpdate update = git.getRepository().updateRef(nameOf(source));
			update.setNewObjectId(ObjectId.fromString(revision.id()));
			RefUpdate.Result result = update.forceUpdate();
			switch (result) {
				case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
				}
				default -> throw new IOException(nameOf(source) + " was not set: " + result);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String nameOf(GitSource source) {
		return IN_FORCE + HexFormat.of().formatHex(source.toString().getBytes(StandardCharsets.UTF_8));
	}

	private Revision revision(ObjectId id) throws IOException {
		try (RevWalk walk = new RevWalk(git.getRepository())) {
			RevCommit commit = walk.parseCommit(id);
			return new Revision(commit.name(), commit.getAuthorIdent().getName(),
					commit.getCommitterIdent().getWhenAsInstant(), commit.getShortMessage());
		}
	}

	/** The files that may hold definitions, by path. */
	List<DefinitionFile> files(Revision revision) {
		List<DefinitionFile> files = new ArrayList<>();
		try (RevWalk commits = new RevWalk(git.getRepository()); TreeWalk walk = new TreeWalk(git.getRepository())) {
			walk.addTree(commits.parseCommit(ObjectId.fromString(revision.id())).getTree());
			walk.setRecursive(true);
			walk.setFilter(PathFilter.create(DefinitionFolder.NAME));
			while (walk.next() && files.size() <= DefinitionReader.MOST_FILES) {
				if (walk.getDepth() == 2 && isFile(walk.getFileMode())) {
					files.add(DefinitionFile.of(walk.getPathString(), beginningOf(walk.getObjectId(0))));
				}
			}
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isFile(FileMode mode) {
		return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
	}

	/** As much as shows that there is too much. */
	private String beginningOf(ObjectId blob) throws IOException {
		try (InputStream content = git.getRepository().open(blob, Constants.OBJ_BLOB).openStream()) {
			return new String(content.readNBytes(DefinitionFile.LONGEST + 1), StandardCharsets.UTF_8);
		}
	}

	@Override
	public void close() {
		git.close();
	}

}
