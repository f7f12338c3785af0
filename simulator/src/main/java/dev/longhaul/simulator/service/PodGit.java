package dev.longhaul.simulator.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longhaul.simulator.front.ContainerRef;
import dev.longhaul.simulator.front.NodeAgent;
import dev.longhaul.simulator.front.NodeRefusal;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * The way to the repositories on the volumes of pods: what arrives over HTTP is answered
 * by Git's own program, run in the pod. A pod that is to answer says where its
 * repositories lie, in an annotation {@value #REPOSITORIES}.
 */
public final class PodGit implements AutoCloseable {

	/** The directory of the repositories, as the pod sees it. */
	public static final String REPOSITORIES = "simulator.longhaul.dev/git-repositories";

	private static final int THREADS = 4;

	private static final int BAD_GATEWAY = 502;

	private static final int NOT_FOUND = 404;

	private static final int OK = 200;

	private final ServiceNames names;

	private final NodeAgent node;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
		Thread thread = new Thread(task, "pod-git");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpServer server;

	private PodGit(ServiceNames names, NodeAgent node) throws IOException {
		this.names = names;
		this.node = node;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.setExecutor(threads);
	}

	public static PodGit start(ServiceNames names, NodeAgent node) throws IOException {
		PodGit git = new PodGit(names, node);
		git.server.start();
		return git;
	}

	/**
	 * Where this machine reaches a repository that a URL of the cluster names. Other URLs
	 * are as they are.
	 * @throws dev.longhaul.core.failure.TransientFailure if no pod answers there
	 */
	public URI reachable(URI url) {
		if (!ServiceNames.isOfCluster(url)) {
			return url;
		}
		Pod pod = names.answering(url);
		String root = pod.getMetadata().getAnnotations().get(REPOSITORIES);
		if (root == null) {
			throw ServiceNames.unreachable("%s answers with status 404".formatted(url));
		}
		return URI.create("http://127.0.0.1:%d/%s/%s%s%s".formatted(server.getAddress().getPort(),
				pod.getMetadata().getNamespace(), pod.getMetadata().getName(), root + "/-", url.getRawPath()));
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			String[] parts = path.split("/", 4);
			int end = path.indexOf("/-/");
			if (parts.length < 4 || end < 0) {
				exchange.sendResponseHeaders(NOT_FOUND, -1);
				return;
			}
			String root = path.substring(("/" + parts[1] + "/" + parts[2]).length(), end);
			run(exchange, new ContainerRef(parts[1], parts[2], null), root, path.substring(end + 2));
		}
	}

	private void run(HttpExchange exchange, ContainerRef pod, String root, String path) throws IOException {
		Process process;
		try {
			process = node.exec(pod, command(exchange, root, path));
		}
		catch (NodeRefusal ex) {
			exchange.sendResponseHeaders(BAD_GATEWAY, -1);
			return;
		}
		try (OutputStream in = process.getOutputStream(); InputStream body = exchange.getRequestBody()) {
			body.transferTo(in);
		}
		try (InputStream out = new BufferedInputStream(process.getInputStream())) {
			answer(exchange, out);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** As RFC 3875 has a web server call a program. */
	private static List<String> command(HttpExchange exchange, String root, String path) {
		List<String> command = new ArrayList<>(List.of("env", "GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1",
				"PATH_INFO=" + path, "REQUEST_METHOD=" + exchange.getRequestMethod(), "REMOTE_ADDR=127.0.0.1",
				"QUERY_STRING=" + Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
				// Files that were restored may be of any owner.
				"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"));
		Map.of("Content-Type", "CONTENT_TYPE", "Content-Encoding", "HTTP_CONTENT_ENCODING", "Git-Protocol",
				"GIT_PROTOCOL")
			.forEach((header, variable) -> {
				String value = exchange.getRequestHeaders().getFirst(header);
				if (value != null) {
					command.add(variable + "=" + value);
				}
			});
		command.addAll(List.of("git", "http-backend"));
		return command;
	}

	private static void answer(HttpExchange exchange, InputStream out) throws IOException {
		int status = OK;
		for (String line = line(out); !line.isEmpty(); line = line(out)) {
			int colon = line.indexOf(':');
			if (colon < 0) {
				exchange.sendResponseHeaders(BAD_GATEWAY, -1);
				return;
			}
			String value = line.substring(colon + 1).strip();
			if (line.startsWith("Status:")) {
				status = Integer.parseInt(value.split(" ", 2)[0]);
			}
			else {
				exchange.getResponseHeaders().add(line.substring(0, colon), value);
			}
		}
		exchange.sendResponseHeaders(status, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			out.transferTo(body);
		}
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}

}
