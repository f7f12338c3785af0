package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;

import dev.longhaul.core.failure.LonghaulException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

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
		Allowance allowance = new Allowance(bounds, clock);
		if (!(source.login() instanceof GitLogin.Key key)) {
			return connected(copy, null, transport -> {
				transport.setCredentialsProvider(credentials(source.login()));
				((TransportHttp) transport).setHttpConnectionFactory(BoundedConnection.within(allowance));
				return work.with(transport);
			});
		}
		KeyPair pair = CredentialFile.privateKey(key.file());
		URIish address = address();
		KnownHosts known = KnownHosts.read(key.knownHosts(), address.getHost(),
				(address.getPort() > 0) ? address.getPort() : GitSource.SSH_PORT);
		try (SshSessions sessions = new SshSessions(pair, known, allowance)) {
			return connected(copy, known, transport -> {
				((SshTransport) transport).setSshSessionFactory(sessions);
				return work.with(transport);
			});
		}
	}

	private <T> T connected(Repository copy, @Nullable KnownHosts known, Work<T> work) {
		try (Transport transport = Transport.open(copy, address())) {
			transport.setTagOpt(TagOpt.NO_TAGS);
			transport.setTimeout((int) bounds.silence().toSeconds());
			return work.with(transport);
		}
		catch (LonghaulException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw GitFailures.explain(source, (known != null) ? known.refusal() : null, ex);
		}
	}

	private URIish address() {
		try {
			return new URIish(source.url());
		}
		catch (URISyntaxException ex) {
			throw GitFailures.explain(source, null, ex);
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
