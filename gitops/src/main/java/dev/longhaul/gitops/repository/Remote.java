package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;

import dev.longhaul.core.failure.LonghaulException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * The server's side of a source. Every call is a connection of its own, bounded in size
 * and time.
 */
final class Remote {

	private final GitSource source;

	private final FetchBounds bounds;

	private final Clock clock;

	Remote(GitSource source, FetchBounds bounds, Clock clock) {
		this.source = source;
		this.bounds = bounds;
		this.clock = clock;
	}

	/**
	 * @param depth how many commits of the history come with it
	 * @throws dev.longhaul.core.failure.TransientFailure if the server cannot be reached,
	 * or the copy is damaged: both look alike here
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	FetchResult fetch(Repository copy, RefSpec what, int depth) {
		return connected(copy, transport -> {
			transport.setDepth(depth);
			return transport.fetch(NullProgressMonitor.INSTANCE, List.of(what));
		});
	}

	private <T> T connected(Repository copy, Work<T> work) {
		try (Transport transport = Transport.open(copy, new URIish(source.url()))) {
			transport.setTagOpt(TagOpt.NO_TAGS);
			transport.setTimeout((int) bounds.silence().toSeconds());
			transport.setCredentialsProvider(credentials(source.login()));
			((TransportHttp) transport).setHttpConnectionFactory(BoundedConnection.within(bounds, clock));
			return work.with(transport);
		}
		catch (LonghaulException ex) {
			throw ex;
		}
		catch (URISyntaxException | IOException | RuntimeException ex) {
			throw GitFailures.explain(source, ex);
		}
	}

	private static UsernamePasswordCredentialsProvider credentials(GitLogin login) {
		return (login instanceof GitLogin.Token token)
				? new UsernamePasswordCredentialsProvider(token.user(), token.secret())
				: new UsernamePasswordCredentialsProvider("", "");
	}

	/** What is done while connected. */
	@FunctionalInterface
	private interface Work<T> {

		T with(Transport transport) throws IOException;

	}

}
