package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import dev.longhaul.core.failure.Interruption;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a server as a program does: over HTTP, with a token or without.
 */
public final class HttpCalls {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final URI server;

	private final String token;

	private HttpCalls(URI server, String token) {
		this.server = server;
		this.token = token;
	}

	public static HttpCalls to(Server server) {
		return new HttpCalls(server.address(), "");
	}

	public HttpCalls with(String other) {
		return new HttpCalls(server, other);
	}

	public HttpResponse<String> get(String path) {
		return send(request(path));
	}

	public HttpResponse<String> send(String method, String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
	}

	public HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(30));
		return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return CLIENT.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "calling " + server);
		}
	}

	public static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
