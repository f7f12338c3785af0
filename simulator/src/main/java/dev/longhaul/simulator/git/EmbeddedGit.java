package dev.longhaul.simulator.git;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;

/**
 * One repository, served over HTTP to who knows user and password, to read and to write.
 */
public final class EmbeddedGit implements AutoCloseable {

	/** The branch that is there from the start. */
	public static final String BRANCH = "main";

	private static final int THREADS = 4;

	private static final String REALM = "git";

	private final Repository repository;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, runnable -> {
		Thread thread = new Thread(runnable, "git");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpServer server;

	private final String path;

	private EmbeddedGit(Repository repository, String path, String user, String password) throws IOException {
		this.repository = repository;
		this.path = path;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		HttpContext context = server.createContext(path, new GitService(repository, path));
		context.setAuthenticator(new BasicAuthenticator(REALM) {

			@Override
			public boolean checkCredentials(String name, String word) {
				return name.equals(user) && word.equals(password);
			}

		});
		server.setExecutor(threads);
	}

	/**
	 * Makes a repository with one commit, and serves it.
	 * @param directory for the repository, which does not exist yet
	 * @param name of the repository in its URL, such as {@code owner/homelab.git}
	 * @param files by their paths
	 * @throws IOException if the repository cannot be written
	 */
	public static EmbeddedGit serve(Path directory, String name, Map<String, String> files, String user,
			String password, Clock clock) throws IOException {
		Repository repository = init(directory);
		try {
			FirstCommit.write(repository, files, clock);
			EmbeddedGit git = new EmbeddedGit(repository, "/" + name, user, password);
			git.server.start();
			return git;
		}
		catch (IOException | RuntimeException ex) {
			repository.close();
			throw ex;
		}
	}

	/**
	 * Makes a repository with one commit, which nobody serves yet.
	 * @param directory for the repository, which does not exist yet
	 * @param files by their paths
	 */
	public static void create(Path directory, Map<String, String> files, Clock clock) throws IOException {
		try (Repository repository = init(directory)) {
			FirstCommit.write(repository, files, clock);
		}
	}

	private static Repository init(Path directory) throws IOException {
		try {
			return Git.init()
				.setBare(true)
				.setInitialBranch(BRANCH)
				.setDirectory(directory.toFile())
				.call()
				.getRepository();
		}
		catch (GitAPIException ex) {
			throw new IOException("no repository can be made in '%s'".formatted(directory), ex);
		}
	}

	/** For {@code git clone}, without user and password. */
	public URI url() {
		return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
		repository.close();
	}

}
