package dev.longhaul.scheduler.rest;

import java.util.List;

import dev.longhaul.gitops.repository.FileChange;
import dev.longhaul.gitops.repository.WriteResult;

/**
 * What came of a change of the repository.
 *
 * @param outcome {@code pushed}; {@code unchanged} if all was as it is wanted already
 * @param commit the newest of the branch
 */
public record CommitView(String outcome, String commit, List<FileView> files) {

	static CommitView of(WriteResult result) {
		if (result instanceof WriteResult.Pushed pushed) {
			return new CommitView("pushed", pushed.commit().id(), pushed.files().stream().map(FileView::of).toList());
		}
		if (result instanceof WriteResult.Unchanged unchanged) {
			return new CommitView("unchanged", unchanged.newest().id(), List.of());
		}
		throw new IllegalStateException("a write neither plans nor comes here when it is refused");
	}

	/**
	 * A file that was changed.
	 *
	 * @param diff as Git shows it
	 */
	public record FileView(String path, String diff) {

		static FileView of(FileChange change) {
			return new FileView(change.path(), change.diff());
		}

	}

}
