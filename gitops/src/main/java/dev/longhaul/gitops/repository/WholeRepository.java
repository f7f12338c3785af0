package dev.longhaul.gitops.repository;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

import dev.longhaul.core.export.RepositoryBundles;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;
import org.jspecify.annotations.Nullable;

/**
 * Bundles a repository with all of its history. Everything else here gets by with the
 * newest commit, of which Git can make no bundle that stands alone: so the whole is
 * fetched for each bundle, into a copy of its own, and deleted when the bundle is
 * written.
 * <p>
 * Not for several threads, nor for several processes on one directory; a
 * {@link DefinitionRepository} may work in the same one meanwhile.
 */
public final class WholeRepository implements RepositoryBundles {

	private static final String COPY = "whole.git";

	private static final String BUNDLE = "whole.bundle";

	private final Path directory;

	private final GitSource source;

	private final Remote remote;

	private final Clock clock;

	/**
	 * @param directory for the copy and the bundle, while they are needed; made if it is
	 * not there
	 */
	public WholeRepository(Path directory, GitSource source, FetchBounds bounds, Clock clock) {
		this.directory = directory;
		this.source = source;
		this.remote = new Remote(source, bounds, clock);
		this.clock = clock;
	}

	@Override
	public Bundle make() {
		LocalCopy place = LocalCopy.in(directory, clock);
		Path copy = directory.resolve(COPY);
		try {
			// Of a process that was killed.
			LocalCopy.delete(copy);
			try (Git git = LocalRepository.bare(copy)) {
				return bundle(git.getRepository());
			}
			finally {
				LocalCopy.delete(copy);
			}
		}
		catch (IOException | GitAPIException ex) {
			throw place.unusable(ex);
		}
	}

	private Bundle bundle(Repository copy) throws IOException {
		Ref head = head(copy, remote.fetchWhole(copy).getAdvertisedRef(Constants.HEAD));
		if (!copy.getObjectDatabase().getShallowCommits().isEmpty()) {
			throw new RefusedRequest(FailureCode.GIT_REFUSED, "%s has not all of its history itself".formatted(source),
					"it is a shallow clone: run 'git fetch --unshallow' where it is");
		}
		Path file = directory.resolve(BUNDLE);
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			write(copy, head, out);
		}
		catch (IOException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
		return new Bundle("%s, commit %s".formatted(source, head.getObjectId().abbreviate(8).name()),
				Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
	}

	/** What a clone of the bundle checks out. */
	private Ref head(Repository copy, @Nullable Ref advertised) throws IOException {
		Ref head = (source.branch() != null) ? copy.exactRef(Constants.R_HEADS + source.branch()) : advertised;
		if (head == null || head.getObjectId() == null) {
			throw new RefusedRequest(FailureCode.GIT_REFUSED, "%s has no commit to begin with".formatted(source),
					"name a branch that is there");
		}
		return head;
	}

	private static void write(Repository copy, Ref head, OutputStream out) throws IOException {
		BundleWriter bundle = new BundleWriter(copy);
		bundle.include(Constants.HEAD, head.getObjectId());
		for (Ref ref : copy.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
			bundle.include(ref);
		}
		bundle.writeBundle(NullProgressMonitor.INSTANCE, out);
	}

}
