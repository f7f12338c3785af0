package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.LonghaulException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
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

	private static final List<RefSpec> EVERYTHING = List.of(new RefSpec("+refs/heads/*:refs/heads/*"),
			new RefSpec("+refs/tags/*:refs/tags/*"));

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

	/**
	 * All branches and tags with their history, under their own names.
	 * @throws dev.longhaul.core.failure.TransientFailure if the server cannot be reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	FetchResult fetchWhole(Repository copy) {
		return connected(copy, transport -> transport.fetch(NullProgressMonitor.INSTANCE, EVERYTHING));
	}

	/**
	 * Puts a commit on top of a branch, if the branch is still where it was. Never
	 * forced: the server compares, too.
	 * @param base where the branch has to be
	 * @throws dev.longhaul.core.failure.TransientFailure if the server cannot be reached;
	 * nothing was sent then
	 * @throws dev.longhaul.core.failure.RefusedRequest if it refuses
	 */
	PushAnswer push(Repository copy, ObjectId commit, String branch, ObjectId base) {
		return connected(copy, transport -> {
			try (PushConnection connection = transport.openPush()) {
				Ref there = connection.getRef(branch);
				if (there == null || !base.equals(there.getObjectId())) {
					return new PushAnswer.Moved();
				}
				RemoteRefUpdate update = new RemoteRefUpdate(copy, commit.name(), commit, branch, false, null, base);
				return push(connection, update);
			}
		});
	}

	private static PushAnswer push(PushConnection connection, RemoteRefUpdate update) {
		try {
			connection.push(NullProgressMonitor.INSTANCE, Map.of(update.getRemoteName(), update));
		}
		catch (TransportException | RuntimeException ex) {
			return new PushAnswer.Lost(ex);
		}
		String reason = (update.getMessage() != null) ? update.getMessage() : update.getStatus().name();
		return switch (update.getStatus()) {
			case OK, UP_TO_DATE -> new PushAnswer.Done();
			case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> new PushAnswer.Moved();
			case AWAITING_REPORT, NOT_ATTEMPTED -> new PushAnswer.Lost(new IOException("no report: " + reason));
			case NON_EXISTING, REJECTED_NODELETE, REJECTED_OTHER_REASON -> new PushAnswer.Rejected(reason);
		};
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
