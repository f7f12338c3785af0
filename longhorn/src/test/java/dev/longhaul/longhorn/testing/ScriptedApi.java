package dev.longhaul.longhorn.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that answers each request with the next line of a script, and knows
 * whether the whole script was played.
 */
public final class ScriptedApi implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final BlockingQueue<Line> script = new LinkedBlockingQueue<>();

	private volatile @Nullable Line forEver;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<String> surprises = new CopyOnWriteArrayList<>();

	public ScriptedApi() {
		try {
			server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		server.createContext("/", this::play);
		server.setExecutor(threads);
		server.start();
	}

	public String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/**
	 * A client of this server, as production has it. The caller closes it.
	 * @param directory for its kubeconfig
	 */
	public KubernetesClient client(Path directory, CallBounds bounds) {
		return clientOf(address(), directory, bounds);
	}

	/** As {@link #client}, of another server. */
	public static KubernetesClient clientOf(String address, Path directory, CallBounds bounds) {
		try {
			Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
					apiVersion: v1
					kind: Config
					current-context: test
					contexts: [{name: test, context: {cluster: test, user: test}}]
					clusters: [{name: test, cluster: {server: "%s"}}]
					users: [{name: test, user: {token: secret}}]
					""".formatted(address));
			return new ClusterClients(bounds, Clock.systemUTC()).fromKubeconfig(kubeconfig, null,
					CredentialPlugins.REFUSED);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The next request is of that method and is answered so. */
	public ScriptedApi on(String method, Reply reply) {
		script.add(new Line(method, reply));
		return this;
	}

	/**
	 * The remaining requests, at least one, are of that method and are answered so: the
	 * JDK's client repeats a GET whose connection was closed.
	 */
	public ScriptedApi onEach(String method, Reply reply) {
		forEver = new Line(method, reply);
		return on(method, reply);
	}

	/** Method, path and query of each request so far. */
	public List<String> requests() {
		return List.copyOf(requests);
	}

	/**
	 * @throws AssertionError if a line was not played or a request was not in the script
	 */
	public void assertPlayed() {
		List<String> wrong = new ArrayList<>(surprises);
		script.forEach(line -> wrong.add("never came: " + line.method()));
		if (!wrong.isEmpty()) {
			throw new AssertionError("the script was not played: " + wrong + "; requests were " + requests);
		}
	}

	@Override
	public void close() {
		closed.countDown();
		server.stop(0);
		threads.shutdownNow();
	}

	private void play(HttpExchange exchange) throws IOException {
		String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
		requests.add(request);
		exchange.getRequestBody().readAllBytes();
		Line next = script.poll();
		Line line = (next != null) ? next : forEver;
		if (line == null || !line.method().equals(exchange.getRequestMethod())) {
			surprises.add("not in the script: " + request);
			exchange.close();
			return;
		}
		line.reply().send(exchange, closed);
	}

	private record Line(String method, Reply reply) {
	}

	/** One way to answer, or not to. */
	@FunctionalInterface
	public interface Reply {

		void send(HttpExchange exchange, CountDownLatch serverClosed) throws IOException;

		static Reply json(int code, String body) {
			return (exchange, closed) -> {
				exchange.getResponseHeaders().add("Content-Type", "application/json");
				byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(code, bytes.length);
				try (OutputStream out = exchange.getResponseBody()) {
					out.write(bytes);
				}
			};
		}

		static Reply text(int code, String body, String header, String value) {
			return (exchange, closed) -> {
				exchange.getResponseHeaders().add(header, value);
				json(code, body).send(exchange, closed);
			};
		}

		/** As the API server reports a failure. */
		static Reply failure(int code, String reason, String message) {
			return json(code, """
					{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s","reason":"%s",
					"details":{"group":"longhorn.io"},"code":%d}""".formatted(message, reason, code));
		}

		/** As the API server reports that there is no such object. */
		static Reply notFound(String plural, String name) {
			return json(404,
					"""
							{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%1$s \\"%2$s\\" not found",
							"reason":"NotFound","details":{"name":"%2$s","group":"longhorn.io","kind":"%1$s"},"code":404}"""
						.formatted(plural, name));
		}

		/** Closes the connection instead of answering. */
		static Reply cut() {
			return (exchange, closed) -> exchange.close();
		}

		/** Closes the connection after the first bytes of the body. */
		static Reply cutInBody() {
			return (exchange, closed) -> {
				exchange.sendResponseHeaders(200, 1000);
				exchange.getResponseBody().write("{\"kind\":".getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
				exchange.close();
			};
		}

		/** Never answers. */
		static Reply hang() {
			return (exchange, closed) -> awaitClose(exchange, closed);
		}

		/** Answers with headers and the first bytes of the body, and then no more. */
		static Reply hangInBody() {
			return (exchange, closed) -> {
				exchange.sendResponseHeaders(200, 1000);
				exchange.getResponseBody().write("{\"kind\":".getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
				awaitClose(exchange, closed);
			};
		}

		/** Tells the thread to stop, and never answers. */
		static Reply interrupt(Thread thread) {
			return (exchange, closed) -> {
				thread.interrupt();
				awaitClose(exchange, closed);
			};
		}

		private static void awaitClose(HttpExchange exchange, CountDownLatch closed) {
			try {
				closed.await(1, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.close();
		}

	}

}
