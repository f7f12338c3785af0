package dev.longhaul.simulator.front;

import java.util.Locale;

import io.vertx.core.http.HttpServerRequest;

/**
 * A request to the API as faults are scripted for it.
 *
 * @param verb the HTTP method in capitals, or {@link #WATCH}
 * @param path without the query
 */
public record ApiRequest(String verb, String path) {

	/** What Kubernetes calls a GET that stays open and reports changes. */
	public static final String WATCH = "WATCH";

	static ApiRequest of(HttpServerRequest request) {
		String watch = request.getParam("watch", "false").toLowerCase(Locale.ROOT);
		boolean watching = watch.equals("true") || watch.equals("1");
		return new ApiRequest(watching ? WATCH : request.method().name(), request.path());
	}

	boolean isWatch() {
		return verb.equals(WATCH);
	}

	@Override
	public String toString() {
		return verb + " " + path;
	}

}
