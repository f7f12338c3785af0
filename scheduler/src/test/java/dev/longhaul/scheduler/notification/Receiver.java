package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A web service that notes down what it is sent. It answers as it is told to, and with
 * 200 once it has said all that.
 */
final class Receiver implements AutoCloseable {

	private final HttpServer server;

	private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

	private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

	private Receiver(HttpServer server) {
		this.server = server;
		server.createContext("/", this::handle);
		server.start();
	}

	static Receiver start() {
		try {
			return new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Receiver start(ServerCertificate certificate) {
		try {
			HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
			return new Receiver(server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			received.add(new Received(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
			Reply reply = replies.poll();
			if (reply != null) {
				reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
			}
			exchange.sendResponseHeaders((reply != null) ? reply.status() : 200, -1);
		}
	}

	/** The next reply that was not yet given. */
	Receiver replying(int status) {
		return replying(status, Map.of());
	}

	Receiver replying(int status, Map<String, String> headers) {
		replies.add(new Reply(status, headers));
		return this;
	}

	String url() {
		return "http%s://127.0.0.1:%d".formatted((server instanceof HttpsServer) ? "s" : "", port());
	}

	int port() {
		return server.getAddress().getPort();
	}

	/** What was sent next; waits for it, if it is not there yet. */
	Received next() {
		try {
			Received next = received.poll(30, TimeUnit.SECONDS);
			assertThat(next).as("nothing was sent").isNotNull();
			return next;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What was sent and not yet asked for. */
	List<Received> rest() {
		return List.copyOf(received);
	}

	@Override
	public void close() {
		server.stop(0);
	}

	record Received(String path, Map<String, List<String>> headers, String body) {

		@Nullable String header(String name) {
			return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
		}

	}

	private record Reply(int status, Map<String, String> headers) {
	}

}
