package dev.longhaul.simulator.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * The commit that a new repository begins with.
 */
final class FirstCommit {

	private FirstCommit() {
	}

	static void write(Repository repository, Map<String, String> files, Clock clock) throws IOException {
		try (ObjectInserter inserter = repository.newObjectInserter()) {
			CommitBuilder commit = new CommitBuilder();
			commit.setTreeId(tree(inserter, files));
			PersonIdent owner = new PersonIdent("Owner", "owner@example.org", clock.instant(), clock.getZone());
			commit.setAuthor(owner);
			commit.setCommitter(owner);
			commit.setMessage("Begin\n");
			ObjectId id = inserter.insert(commit);
			inserter.flush();
			RefUpdate update = repository.updateRef(Constants.HEAD);
			update.setNewObjectId(id);
			RefUpdate.Result result = update.update();
			if (result != RefUpdate.Result.NEW) {
				throw new IOException("the first commit ended as " + result);
			}
		}
	}

	private static ObjectId tree(ObjectInserter inserter, Map<String, String> files) throws IOException {
		DirCache index = DirCache.newInCore();
		DirCacheBuilder builder = index.builder();
		for (Map.Entry<String, String> file : files.entrySet()) {
			DirCacheEntry entry = new DirCacheEntry(file.getKey());
			entry.setFileMode(FileMode.REGULAR_FILE);
			entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
			builder.add(entry);
		}
		builder.finish();
		return index.writeTree(inserter);
	}

}
