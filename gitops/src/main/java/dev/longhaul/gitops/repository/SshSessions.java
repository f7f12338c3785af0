package dev.longhaul.gitops.repository;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.JGitKeyCache;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * SSH with one key, one list of known hosts and nothing of the user that this process
 * runs as: no configuration, no agent, no other keys, no questions. Receives no more, and
 * no longer, than one call may.
 */
final class SshSessions extends SshSessionFactory implements AutoCloseable {

	/** Is not there, so nothing is read from it. */
	private static final File NOWHERE = new File(File.separator + "nonexistent");

	private final SshdSessionFactory sshd;

	private final Allowance allowance;

	SshSessions(KeyPair key, KnownHosts knownHosts, Allowance allowance) {
		this.allowance = allowance;
		this.sshd = new SshdSessionFactoryBuilder().setHomeDirectory(NOWHERE)
			.setSshDirectory(NOWHERE)
			.setConfigStoreFactory((home, config, user) -> null)
			.setPreferredAuthentications("publickey")
			.setDefaultIdentities(directory -> List.of())
			.setDefaultKeysProvider(directory -> List.of(key))
			.setServerKeyDatabase((home, directory) -> knownHosts)
			.setConnectorFactory(null)
			.build(new JGitKeyCache());
	}

	@Override
	public RemoteSession getSession(URIish uri, CredentialsProvider credentials, FS fs, int timeout)
			throws TransportException {
		return new BoundedSession(sshd.getSession(uri, credentials, fs, timeout));
	}

	@Override
	public String getType() {
		return sshd.getType();
	}

	@Override
	public void close() {
		sshd.close();
	}

	private final class BoundedSession implements RemoteSession2 {

		private final SshdSession session;

		BoundedSession(SshdSession session) {
			this.session = session;
		}

		@Override
		public Process exec(String command, int timeout) throws IOException {
			return new BoundedProcess(session.exec(command, timeout));
		}

		@Override
		public Process exec(String command, Map<String, String> environment, int timeout) throws IOException {
			return new BoundedProcess(session.exec(command, environment, timeout));
		}

		@Override
		public void disconnect() {
			session.disconnect();
		}

	}

	/** A command of the server, as JGit sees it. */
	private final class BoundedProcess extends Process {

		private final Process process;

		private final InputStream output;

		BoundedProcess(Process process) {
			this.process = process;
			this.output = allowance.limit(process.getInputStream());
		}

		@Override
		public InputStream getInputStream() {
			return output;
		}

		@Override
		public OutputStream getOutputStream() {
			return process.getOutputStream();
		}

		@Override
		public InputStream getErrorStream() {
			return process.getErrorStream();
		}

		@Override
		public int waitFor() throws InterruptedException {
			return process.waitFor();
		}

		@Override
		public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
			return process.waitFor(timeout, unit);
		}

		@Override
		public int exitValue() {
			return process.exitValue();
		}

		@Override
		public void destroy() {
			process.destroy();
		}

	}

}
