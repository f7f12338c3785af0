package dev.longhaul.scheduler.notification;

import java.net.URI;
import java.time.Duration;

/**
 * An application of a Gotify server; https://gotify.net/docs/pushmsg.
 */
public final class Gotify implements Medium {

	private final WebAddress server;

	private final Credentials credentials;

	private final Web web;

	/**
	 * @param credentials with the token of the application
	 */
	public Gotify(WebAddress server, Credentials credentials, Web web) {
		this.server = server;
		this.credentials = credentials;
		this.web = web;
	}

	@Override
	public String describe() {
		return "Gotify at " + server.place();
	}

	@Override
	public void check() {
		credentials.require(Credentials.TOKEN);
	}

	@Override
	public Delivery deliver(Message message) {
		return web.send(message, this::post);
	}

	private Post post(Message message) {
		String root = server.uri().toString();
		URI messages = URI.create((root.endsWith("/") ? root : root + "/") + "message");
		return Post.json(messages, Json.object(json -> {
			json.writeStringProperty("title", message.subject());
			json.writeStringProperty("message", message.text());
			json.writeNumberProperty("priority", priority(message.urgency()));
		})).with("X-Gotify-Key", credentials.file(Credentials.TOKEN).read());
	}

	/** Of ten: up to 3 a phone stays silent, from 8 on it insists. */
	private static int priority(Urgency urgency) {
		return switch (urgency) {
			case LOW -> 2;
			case NORMAL -> 5;
			case HIGH -> 8;
		};
	}

	@Override
	public Duration freshness() {
		return Channel.NEWS;
	}

}
