package dev.longhaul.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * An HTTP server that answers what a test has told it to.
 */
public final class ScriptedServer implements AutoCloseable {

	private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	private final HttpServer server;

	private final String scheme;

	private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private ScriptedServer(HttpServer server, String scheme) {
		this.server = server;
		this.scheme = scheme;
	}

	/** What it says to one call. */
	public interface Reply {

		void to(HttpExchange exchange) throws IOException;

	}

	/** What it was asked. */
	public record Request(String line, Map<String, List<String>> headers, String body) {

		public String header(String name) {
			return headers.getOrDefault(name, List.of("")).get(0);
		}

	}

	public static ScriptedServer start() {
		try {
			return serving(HttpServer.create(ANY_PORT, 10), "http");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Over TLS. */
	public static ScriptedServer start(SSLContext keys) {
		try {
			HttpsServer server = HttpsServer.create(ANY_PORT, 10);
			server.setHttpsConfigurator(new HttpsConfigurator(keys));
			return serving(server, "https");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ScriptedServer serving(HttpServer server, String scheme) {
		ScriptedServer scripted = new ScriptedServer(server, scheme);
		server.createContext("/", scripted::answer);
		server.start();
		return scripted;
	}

	/**
	 * @param line method, path and query
	 * @param all one after the other; the last one is repeated
	 */
	public ScriptedServer on(String line, Reply... all) {
		replies.put(line, new ArrayDeque<>(List.of(all)));
		return this;
	}

	public static Reply json(String body) {
		return of(200, "application/json", body);
	}

	public static Reply problem(int status, String code, String detail, String hint) {
		return of(status, "application/problem+json",
				"{\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\",\"hint\":\"%s\"}".formatted(status, code, detail,
						hint));
	}

	public static Reply of(int status, String type, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return exchange -> {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		};
	}

	/** A stream of events that ends after these. */
	public static Reply events(String... events) {
		return of(200, "text/event-stream;charset=UTF-8", "retry: 3000\n\n" + String.join("", events));
	}

	/** Hangs up without an answer. */
	public static Reply silence() {
		return exchange -> {
			throw new IOException("not a word");
		};
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
			requests.add(new Request(line, Map.copyOf(exchange.getRequestHeaders()),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			Deque<Reply> script = replies.getOrDefault(line,
					new ArrayDeque<>(List.of(problem(404, "NOT_FOUND", "there is nothing at " + line, "look"))));
			Reply reply = (script.size() > 1) ? script.remove() : script.element();
			reply.to(exchange);
		}
	}

	public List<Request> requests() {
		return List.copyOf(requests);
	}

	public String url() {
		return scheme + "://127.0.0.1:" + server.getAddress().getPort();
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
