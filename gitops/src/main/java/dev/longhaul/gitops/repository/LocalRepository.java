package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DefinitionReader;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * Our own copy of the branch: a bare repository with the newest commit, and a reference
 * to the one in force.
 * <p>
 * Every method throws {@link DamagedCopyException} where the copy is not what it was.
 */
final class LocalRepository implements AutoCloseable {

	private static final String OURS = "refs/longhaul/";

	private static final String NEWEST = OURS + "newest";

	/** Where a commit goes that was asked for by its id. */
	private static final String FETCHED = OURS + "fetched";

	/** One per source, so that another URL or branch does not inherit it. */
	private static final String IN_FORCE = OURS + "in-force/";

	/** Every commit that is fetched comes as a pack. */
	private static final int MOST_PACKS = 20;

	private final Git git;

	private LocalRepository(Git git) {
		this.git = git;
	}

	/**
	 * @param directory made if it is not there
	 */
	static LocalRepository open(Path directory) {
		return local(() -> {
			Git git = Git.init().setBare(true).setGitDir(directory.toFile()).call();
			StoredConfig config = git.getRepository().getConfig();
			// Not saved: nobody else works here, so what nothing refers to may go at
			// once.
			config.setString(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_PRUNEEXPIRE, "now");
			config.setString(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_PRUNEPACKEXPIRE,
					"now");
			return new LocalRepository(git);
		});
	}

	/** The reference that says which commit of a source is in force. */
	static String inForceReference(GitSource source) {
		return IN_FORCE + sha256(source.toString());
	}

	/**
	 * Fetches the newest commit of the branch, without its history.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	Revision fetchNewest(GitSource source, Remote remote) {
		String branch = (source.branch() != null) ? Constants.R_HEADS + source.branch() : Constants.HEAD;
		fetch(remote, branch, NEWEST);
		return local(() -> revision(git.getRepository().resolve(NEWEST)));
	}

	/**
	 * Fetches one commit and puts it in force; the server may have a newer one.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it has no such commit, or does
	 * not hand it out
	 */
	void fetchInForce(GitSource source, Remote remote, ObjectId commit) {
		fetch(remote, commit.name(), FETCHED);
		putInForce(source, local(() -> revision(commit)));
	}

	private void fetch(Remote remote, String what, String reference) {
		try {
			remote.fetch(git.getRepository(), new RefSpec("+" + what + ":" + reference), 1);
		}
		catch (TransientFailure ex) {
			requireWhole();
			throw ex;
		}
	}

	/** Empty if nothing of this source was ever in force. */
	Optional<Revision> inForce(GitSource source) {
		return local(() -> {
			Ref ref = git.getRepository().exactRef(inForceReference(source));
			return (ref != null) ? Optional.of(revision(ref.getObjectId())) : Optional.empty();
		});
	}

	void putInForce(GitSource source, Revision revision) {
		local(() -> {
			RefUpdate update = git.getRepository().updateRef(inForceReference(source));
			update.setNewObjectId(ObjectId.fromString(revision.id()));
			RefUpdate.Result result = update.forceUpdate();
			return switch (result) {
				case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> result;
				default -> throw new IOException(update.getName() + " was not set: " + result);
			};
		});
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
		return local(() -> {
			List<DefinitionFile> files = new ArrayList<>();
			try (RevWalk commits = new RevWalk(git.getRepository());
					TreeWalk walk = new TreeWalk(git.getRepository())) {
				walk.addTree(commits.parseCommit(ObjectId.fromString(revision.id())).getTree());
				walk.setRecursive(true);
				walk.setFilter(PathFilter.create(DefinitionFolder.NAME));
				while (walk.next() && files.size() <= DefinitionReader.MOST_FILES) {
					if (walk.getDepth() == 2 && isFile(walk.getFileMode())) {
						files.add(DefinitionFile.of(walk.getPathString(), beginningOf(walk.getObjectId(0))));
					}
				}
			}
			return files;
		});
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

	/**
	 * Takes out what no reference needs any more, if that is worth the work.
	 */
	void collect() {
		local(() -> {
			if (packs() > MOST_PACKS) {
				git.gc().call();
				ObjectDatabase objects = git.getRepository().getObjectDatabase();
				Set<ObjectId> shallow = new HashSet<>();
				for (ObjectId commit : objects.getShallowCommits()) {
					if (objects.has(commit)) {
						shallow.add(commit);
					}
				}
				objects.setShallowCommits(shallow);
			}
			return git;
		});
	}

	private int packs() throws IOException {
		Path directory = git.getRepository().getDirectory().toPath().resolve("objects/pack");
		if (!Files.isDirectory(directory)) {
			return 0;
		}
		int packs = 0;
		try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.pack")) {
			for (Path pack : found) {
				packs += Files.isRegularFile(pack) ? 1 : 0;
			}
		}
		return packs;
	}

	/** Reads everything that a reference of ours needs. */
	private void requireWhole() {
		local(() -> {
			try (ObjectWalk walk = new ObjectWalk(git.getRepository())) {
				for (Ref ref : git.getRepository().getRefDatabase().getRefsByPrefix(OURS)) {
					walk.markStart(walk.parseAny(ref.getObjectId()));
				}
				while (walk.next() != null) {
					// Only what the commits hold is of interest.
				}
				for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
					if (object instanceof RevBlob) {
						git.getRepository().open(object).copyTo(OutputStream.nullOutputStream());
					}
				}
			}
			return git;
		});
	}

	/**
	 * JGit meets damage in its own files with all kinds of exceptions.
	 */
	private static <T> T local(LocalWork<T> work) {
		try {
			return work.run();
		}
		catch (LonghaulException | DamagedCopyException ex) {
			throw ex;
		}
		catch (IOException | GitAPIException | RuntimeException ex) {
			throw new DamagedCopyException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	@Override
	public void close() {
		git.close();
	}

	/** Something done with the copy. */
	@FunctionalInterface
	private interface LocalWork<T> {

		T run() throws IOException, GitAPIException;

	}

}
