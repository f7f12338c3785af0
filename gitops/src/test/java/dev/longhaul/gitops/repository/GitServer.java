package dev.longhaul.gitops.repository;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * Git's own server over HTTP: {@code git http-backend}, called as a web server calls it,
 * for one repository with a working tree beside it.
 */
public final class GitServer implements AutoCloseable {

	public static final String USER = "longhaul";

	public static final String TOKEN = "7d1c-a-token-of-gitea";

	private final Path directory;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private @Nullable HttpServer server;

	private int port;

	private volatile boolean locked;

	private volatile @Nullable Loss loss;

	private volatile Runnable meanwhile = () -> {
	};

	private GitServer(Path directory) {
		this.directory = directory;
	}

	public static GitServer start(Path directory) throws IOException {
		GitServer git = new GitServer(Files.createDirectories(directory));
		git.git(directory, "init", "--quiet", "--bare", "--initial-branch", "main", "homelab.git");
		git.git(directory, "clone", "--quiet", "homelab.git", "tree");
		git.git("config", "http.receivepack", "true");
		git.up();
		return git;
	}

	/** Another repository in its place, with none of its commits. */
	public void recreate() throws IOException {
		Files.move(directory.resolve("homelab.git"), directory.resolve("forgotten.git"));
		Files.move(directory.resolve("tree"), directory.resolve("forgotten"));
		git(directory, "init", "--quiet", "--bare", "--initial-branch", "main", "homelab.git");
		git(directory, "clone", "--quiet", "homelab.git", "tree");
	}

	/** Wants user and token from now on. */
	public void lock() {
		locked = true;
	}

	public void up() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		server.setExecutor(threads);
		server.createContext("/", this::answer);
		server.start();
		port = server.getAddress().getPort();
	}

	/** Nobody listens any more. */
	public void down() {
		if (server != null) {
			server.stop(0);
		}
	}

	public String url() {
		return "http://127.0.0.1:" + port + "/homelab.git";
	}

	/** Lets nobody push any more. */
	public void readOnly() throws IOException {
		git("config", "http.receivepack", "false");
	}

	/** A hook of the repository, in the language of the shell. */
	public void hook(String name, String script) throws IOException {
		Path hook = Files.createDirectories(repository().resolve("hooks")).resolve(name);
		Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
		if (!hook.toFile().setExecutable(true)) {
			throw new IOException(hook + " cannot be made executable");
		}
	}

	/** Cuts the connection of the next push. */
	public void loseNextAnswer(Loss kind) {
		loseNextAnswer(kind, () -> {
		});
	}

	/**
	 * @param then what happens before the connection is cut
	 */
	public void loseNextAnswer(Loss kind, Runnable then) {
		meanwhile = then;
		loss = kind;
	}

	/** When a connection is cut. */
	public enum Loss {

		/** The repository has the commit. */
		AFTER_PUSH,

		/** The repository never heard of it. */
		BEFORE_PUSH

	}

	/** Git's own program, on the bare repository. */
	public String git(String... arguments) throws IOException {
		return git(repository(), arguments);
	}

	/** The working tree follows what others pushed. */
	public void pull() {
		try {
			git(directory.resolve("tree"), "pull", "--quiet", "--rebase", "origin", "main");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Commits a symbolic link and pushes it. */
	public void link(String file, String target) throws IOException {
		Path link = directory.resolve("tree").resolve(file);
		Files.createDirectories(link.getParent());
		Files.createSymbolicLink(link, Path.of(target));
		commit("link.txt", file);
	}

	/** The bare repository. */
	public Path repository() {
		return directory.resolve("homelab.git");
	}

	/** Writes a file, commits it and pushes. */
	public String commit(String file, String text) throws IOException {
		return commit(file, text.getBytes(StandardCharsets.UTF_8), "main");
	}

	public String commit(String file, byte[] content, String branch) throws IOException {
		Path tree = directory.resolve("tree");
		Path path = tree.resolve(file);
		Files.createDirectories(path.getParent());
		Files.write(path, content);
		git(tree, "checkout", "--quiet", "-B", branch);
		git(tree, "add", "--all");
		git(tree, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "-m",
				"change " + file);
		git(tree, "push", "--quiet", "--force", "origin", branch);
		return git(tree, "rev-parse", "HEAD").strip();
	}

	private String git(Path where, String... arguments) throws IOException {
		return run(where, arguments);
	}

	/** Git's own program, in any directory. */
	public static String run(Path where, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("git"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
		builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (exit(process) != 0) {
			throw new IOException(command + ": " + output);
		}
		return output;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (locked && !isKnown(exchange)) {
				exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"Gitea\"");
				exchange.sendResponseHeaders(401, -1);
				return;
			}
			Loss now = exchange.getRequestMethod().equals("POST")
					&& exchange.getRequestURI().getPath().endsWith("/git-receive-pack") ? loss : null;
			if (now != null) {
				loss = null;
				if (now == Loss.AFTER_PUSH) {
					Process backend = backend(exchange);
					feed(exchange.getRequestBody(), backend.getOutputStream());
					backend.getInputStream().readAllBytes();
					exit(backend);
				}
				meanwhile.run();
				return;
			}
			Process backend = backend(exchange);
			threads.execute(() -> feed(exchange.getRequestBody(), backend.getOutputStream()));
			try (InputStream out = new BufferedInputStream(backend.getInputStream())) {
				int status = 200;
				for (String line = line(out); !line.isEmpty(); line = line(out)) {
					String[] header = line.split(": ", 2);
					if (header[0].equals("Status")) {
						status = Integer.parseInt(header[1].substring(0, 3));
					}
					else {
						exchange.getResponseHeaders().add(header[0], header[1]);
					}
				}
				exchange.sendResponseHeaders(status, 0);
				out.transferTo(exchange.getResponseBody());
			}
		}
	}

	private static boolean isKnown(HttpExchange exchange) {
		String basic = Base64.getEncoder().encodeToString((USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
		return ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"));
	}

	private Process backend(HttpExchange exchange) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
		Map<String, String> environment = builder.environment();
		environment.put("GIT_PROJECT_ROOT", directory.toString());
		environment.put("GIT_HTTP_EXPORT_ALL", "1");
		environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
		environment.put("REQUEST_METHOD", exchange.getRequestMethod());
		environment.put("PATH_INFO", exchange.getRequestURI().getPath());
		environment.put("QUERY_STRING", nonNull(exchange.getRequestURI().getQuery()));
		environment.put("CONTENT_TYPE", nonNull(exchange.getRequestHeaders().getFirst("Content-Type")));
		environment.put("HTTP_CONTENT_ENCODING", nonNull(exchange.getRequestHeaders().getFirst("Content-Encoding")));
		if (locked) {
			environment.put("REMOTE_USER", USER);
		}
		environment.put("GIT_PROTOCOL", nonNull(exchange.getRequestHeaders().getFirst("Git-Protocol")));
		return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	private static void feed(InputStream from, OutputStream to) {
		try (to) {
			from.transferTo(to);
		}
		catch (IOException ex) {
			// The backend has answered without reading on.
		}
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
			line.write(b);
		}
		return line.toString(StandardCharsets.UTF_8).strip();
	}

	private static String nonNull(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static int exit(Process process) {
		try {
			return process.waitFor();
		}
		catch (InterruptedException ex) {
			throw new UncheckedIOException(new IOException(ex));
		}
	}

	@Override
	public void close() {
		down();
		threads.shutdownNow();
	}

}
