package dev.longhaul.scheduler.wiring;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.repository.Author;
import dev.longhaul.gitops.repository.FetchBounds;
import dev.longhaul.gitops.repository.RepositoryWriter;
import dev.longhaul.gitops.repository.WriteResult;
import dev.longhaul.scheduler.rest.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The repository of the configuration, changed in a copy of its own: the one that is
 * followed belongs to another thread. Opened when it is first changed.
 */
final class WrittenRepository implements Repository, AutoCloseable {

	private final LonghaulProperties properties;

	private final Clock clock;

	private @Nullable RepositoryWriter writer;

	WrittenRepository(LonghaulProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public synchronized WriteResult write(RepositoryChange change, Author author, String reason) {
		RepositoryWriter open = writer;
		if (open == null) {
			open = open();
			writer = open;
		}
		return open.write(change, author, reason);
	}

	private RepositoryWriter open() {
		LonghaulProperties.GitSettings git = properties.git();
		if (git == null) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "no Git repository declares the jobs",
					"set longhaul.git in the configuration");
		}
		Path followed = git.copyBeside(properties.database());
		return RepositoryWriter.open(followed.resolveSibling(followed.getFileName() + "-changes"), git.source(),
				FetchBounds.USUAL, clock);
	}

	@Override
	public synchronized void close() {
		if (writer != null) {
			writer.close();
		}
	}

}
