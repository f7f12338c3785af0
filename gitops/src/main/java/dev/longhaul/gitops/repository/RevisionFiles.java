package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionFile;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The files of a commit. Throws {@link DamagedCopyException} where they cannot be read.
 */
final class RevisionFiles implements RepositoryFiles {

	private final Repository repository;

	private final ObjectId commit;

	RevisionFiles(Repository repository, ObjectId commit) {
		this.repository = repository;
		this.commit = commit;
	}

	@Override
	public List<String> paths(String folder) {
		List<String> paths = new ArrayList<>();
		try (TreeWalk walk = new TreeWalk(repository)) {
			walk.addTree(tree());
			walk.setRecursive(true);
			if (!folder.isEmpty()) {
				walk.setFilter(PathFilter.create(folder));
			}
			while (walk.next() && paths.size() < MOST_FILES) {
				if (isFile(walk.getFileMode()) && !walk.getPathString().equals(folder)) {
					paths.add(walk.getPathString());
				}
			}
			return paths;
		}
		catch (IOException | RuntimeException ex) {
			throw new DamagedCopyException(ex);
		}
	}

	@Override
	public Optional<String> text(String path) {
		try (TreeWalk walk = TreeWalk.forPath(repository, path, tree())) {
			return (walk != null && isFile(walk.getFileMode())) ? Optional.of(beginningOf(walk.getObjectId(0)))
					: Optional.empty();
		}
		catch (IOException | RuntimeException ex) {
			throw new DamagedCopyException(ex);
		}
	}

	private RevTree tree() throws IOException {
		try (RevWalk commits = new RevWalk(repository)) {
			return commits.parseCommit(commit).getTree();
		}
	}

	/** As much as shows that there is too much. */
	private String beginningOf(ObjectId blob) throws IOException {
		try (InputStream content = repository.open(blob, Constants.OBJ_BLOB).openStream()) {
			return new String(content.readNBytes(DefinitionFile.LONGEST + 1), StandardCharsets.UTF_8);
		}
	}

	static boolean isFile(FileMode mode) {
		return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
	}

}
