package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.gitops.change.RepositoryFiles;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;

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

	/** How many commits are looked through for one whose fate is not known. */
	private static final int LOOKED_BACK = 100;

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
			Git git = bare(directory);
			StoredConfig config = git.getRepository().getConfig();
			// Not saved: nobody else works here, so what nothing refers to may go at
			// once.
			config.setString(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_PRUNEEXPIRE, "now");
			config.setString(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_PRUNEPACKEXPIRE,
					"now");
			return new LocalRepository(git);
		});
	}

	/**
	 * A repository that nothing works on in the background: JGit's own cleaner would
	 * start after a fetch, and still be at it in a directory that is about to be deleted.
	 * @param directory made if it is not there
	 */
	static Git bare(Path directory) throws IOException, GitAPIException {
		Git git = Git.init().setBare(true).setGitDir(directory.toFile()).call();
		StoredConfig config = git.getRepository().getConfig();
		if (config.getBoolean(ConfigConstants.CONFIG_GC_SECTION, ConfigConstants.CONFIG_KEY_AUTODETACH, true)) {
			config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
			config.setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
			config.save();
		}
		return git;
	}

	/** The reference that says which commit of a source is in force. */
	static String inForceReference(GitSource source) {
		return IN_FORCE + Sha256.of(source.toString());
	}

	/**
	 * Fetches the newest commit of the branch, without its history.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	Revision fetchNewest(GitSource source, Remote remote) {
		fetch(remote, branchOf(source), NEWEST, 1);
		return local(() -> revision(git.getRepository().resolve(NEWEST)));
	}

	/**
	 * Fetches one commit and puts it in force; the server may have a newer one.
	 * @throws TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it has no such commit, or does
	 * not hand it out
	 */
	void fetchInForce(GitSource source, Remote remote, ObjectId commit) {
		fetch(remote, commit.name(), FETCHED, 1);
		putInForce(source, local(() -> revision(commit)));
	}

	private static String branchOf(GitSource source) {
		return (source.branch() != null) ? Constants.R_HEADS + source.branch() : Constants.HEAD;
	}

	private FetchResult fetch(Remote remote, String what, String reference, int depth) {
		try {
			return remote.fetch(git.getRepository(), new RefSpec("+" + what + ":" + reference), depth);
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

	/** The files of a commit; the commit is read anew for each of them. */
	RepositoryFiles files(Revision revision) {
		return new RevisionFiles(git.getRepository(), ObjectId.fromString(revision.id()));
	}

	/**
	 * Writes a commit on top of another one; no reference leads to it yet.
	 * @param files the new texts by path
	 */
	Revision commit(Revision base, Map<String, String> files, PersonIdent author, PersonIdent committer,
			String message) {
		return local(() -> {
			try (ObjectInserter inserter = git.getRepository().newObjectInserter();
					ObjectReader reader = inserter.newReader();
					RevWalk walk = new RevWalk(reader)) {
				RevCommit parent = walk.parseCommit(ObjectId.fromString(base.id()));
				CommitBuilder commit = new CommitBuilder();
				commit.setParentId(parent);
				commit.setTreeId(tree(parent, files, reader, inserter));
				commit.setAuthor(author);
				commit.setCommitter(committer);
				commit.setMessage(message);
				ObjectId id = inserter.insert(commit);
				inserter.flush();
				return revision(id);
			}
		});
	}

	private static ObjectId tree(RevCommit parent, Map<String, String> files, ObjectReader reader,
			ObjectInserter inserter) throws IOException {
		DirCache index = DirCache.newInCore();
		DirCacheBuilder builder = index.builder();
		builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, parent.getTree());
		builder.finish();
		DirCacheEditor editor = index.editor();
		for (Map.Entry<String, String> file : files.entrySet()) {
			requireFile(index, file.getKey());
			ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8));
			editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
				@Override
				public void apply(DirCacheEntry entry) {
					if (entry.getRawMode() == 0) {
						entry.setFileMode(FileMode.REGULAR_FILE);
					}
					entry.setObjectId(blob);
				}
			});
		}
		editor.finish();
		return index.writeTree(inserter);
	}

	/** What is a link, or a folder, or lies below a file, would be lost. */
	private static void requireFile(DirCache index, String path) {
		boolean lost = index.getEntriesWithin(path).length > 0;
		for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
			DirCacheEntry entry = index.getEntry(path.substring(0, end));
			lost |= entry != null && (end < path.length() || !RevisionFiles.isFile(entry.getFileMode()));
		}
		if (lost) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"'" + path + "' is in the repository, and is no file or lies below one",
					"only regular files in folders are changed");
		}
	}

	/**
	 * Whether a commit is in the history of the newest. Empty if as much of it as is
	 * fetched does not say.
	 * @param commit a commit of ours
	 * @param base what it was put on top of
	 */
	Optional<Boolean> isInHistory(Revision commit, Revision base, GitSource source, Remote remote) {
		Revision newest = fetchNewest(source, remote);
		if (newest.id().equals(commit.id()) || newest.id().equals(base.id())) {
			return Optional.of(newest.id().equals(commit.id()));
		}
		fetch(remote, branchOf(source), FETCHED, LOOKED_BACK);
		return local(() -> {
			Set<String> history = new HashSet<>();
			try (RevWalk walk = new RevWalk(git.getRepository())) {
				walk.markStart(walk.parseCommit(git.getRepository().resolve(FETCHED)));
				walk.forEach(passed -> history.add(passed.name()));
			}
			boolean there = history.contains(commit.id());
			return (there || history.contains(base.id())) ? Optional.of(there) : Optional.empty();
		});
	}

	/** The full name of the branch that a source means. */
	String branch(GitSource source, Remote remote) {
		if (source.branch() != null) {
			return Constants.R_HEADS + source.branch();
		}
		FetchResult fetched = fetch(remote, Constants.HEAD, NEWEST, 1);
		Ref head = fetched.getAdvertisedRef(Constants.HEAD);
		if (head == null || !head.isSymbolic()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"%s does not say which branch is its default".formatted(source), "name the branch");
		}
		return head.getTarget().getName();
	}

	PushAnswer push(Remote remote, Revision commit, String branch, Revision base) {
		return remote.push(git.getRepository(), ObjectId.fromString(commit.id()), branch,
				ObjectId.fromString(base.id()));
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
