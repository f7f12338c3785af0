package dev.longhaul.bucket.b2;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;

/**
 * The endpoint behind the front.
 */
final class Upstream {

	private static final int CONNECTIONS = 256;

	/** What concerns one connection only; the server in front has answered the last. */
	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "expect");

	private final HttpClient client;

	private final URI endpoint;

	Upstream(Vertx vertx, URI endpoint) {
		this.endpoint = endpoint;
		this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
	}

	/**
	 * Streams the request on, its headers unchanged.
	 * @return the answer, paused
	 */
	Future<HttpClientResponse> send(HttpServerRequest request) {
		RequestOptions options = new RequestOptions().setMethod(request.method())
			.setHost(endpoint.getHost())
			.setPort(endpoint.getPort())
			.setURI(request.uri());
		return client.request(options).compose(onward -> {
			copyHeaders(request.headers(), onward.headers());
			return hasBody(request) ? onward.send(request) : onward.send();
		}).map(answer -> {
			answer.pause();
			return answer;
		});
	}

	private static void copyHeaders(MultiMap from, MultiMap to) {
		from.forEach((name, value) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				to.add(name, value);
			}
		});
	}

	private static boolean hasBody(HttpServerRequest request) {
		String length = request.getHeader("Content-Length");
		return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
	}

}
