package dev.longhaul.scheduler.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longhaul.scheduler.web.Gate;

/**
 * Serves rendered pages and their assets with the headers of the real server.
 */
final class PageServer implements AutoCloseable {

	private final Assets assets = new Assets();

	private final Pages pages = new Pages(assets);

	private final Map<String, String> documents = new ConcurrentHashMap<>();

	private final Map<String, String> events = new ConcurrentHashMap<>();

	private final Queue<String> posts = new ConcurrentLinkedQueue<>();

	private final Queue<String> missed = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	PageServer() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/", this::answer);
		server.start();
	}

	PageServer show(Frame frame, Map<String, ? extends Page> shown) {
		shown.forEach((path, page) -> documents.put(path, pages.render(frame, page)));
		return this;
	}

	/** What a path streams, at once and whole. */
	PageServer stream(String path, String text) {
		events.put(path, text);
		return this;
	}

	Pages pages() {
		return pages;
	}

	String url(String path) {
		return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
	}

	/** Bodies that forms posted, with their paths. */
	Queue<String> posts() {
		return posts;
	}

	/** Paths that were asked for and are not there. */
	Queue<String> missed() {
		return missed;
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		exchange.getResponseHeaders().set("Content-Security-Policy", Gate.CONTENT);
		exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
		if (exchange.getRequestMethod().equals("POST")) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			posts.add(path + " " + body);
			send(exchange, 200, "text/plain", "done");
		}
		else if (assets.find(path).isPresent()) {
			Assets.Asset asset = assets.find(path).orElseThrow();
			exchange.getResponseHeaders().set("Cache-Control", Assets.CACHE_CONTROL);
			send(exchange, 200, asset.contentType(), asset.content());
		}
		else if (documents.containsKey(path)) {
			send(exchange, 200, "text/html; charset=utf-8", documents.get(path));
		}
		else if (events.containsKey(path)) {
			send(exchange, 200, "text/event-stream", events.get(path));
		}
		else {
			missed.add(path);
			send(exchange, 404, "text/plain", "nothing here");
		}
	}

	private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}

}
