package dev.longhaul.scheduler.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A topic of an ntfy server. The body goes to the server's root as JSON, because headers
 * cannot hold a title in UTF-8; https://docs.ntfy.sh/publish/#publish-as-json.
 */
public final class Ntfy implements Medium {

	/** In bytes. A longer message becomes a file that nobody opens on a phone. */
	private static final int LONGEST = 3500;

	private static final String TOPIC = "topic";

	private final WebAddress server;

	private final @Nullable String topic;

	private final @Nullable Credentials credentials;

	private final Web web;

	/**
	 * @param server without the topic
	 * @param topic null for one that is a secret, in the file {@code topic}
	 * @param credentials with a token, or user and password; null for an open topic
	 * @throws RefusedRequest if there is no topic
	 */
	public Ntfy(WebAddress server, @Nullable String topic, @Nullable Credentials credentials, Web web) {
		this.server = server;
		this.topic = topic;
		this.credentials = credentials;
		this.web = web;
		if (topic == null && credentials == null) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "a channel of ntfy has no topic",
					"name it, or put it into the file 'topic' of the credentials");
		}
	}

	@Override
	public String describe() {
		return "ntfy at " + server.place();
	}

	@Override
	public void check() {
		topic();
		authorization();
	}

	@Override
	public Delivery deliver(Message message) {
		return web.send(message, this::post);
	}

	private Post post(Message message) {
		Post post = Post.json(server.uri(), Json.object(json -> {
			json.writeStringProperty("topic", topic());
			json.writeStringProperty("title", message.subject());
			json.writeStringProperty("message", Shortened.toBytes(LONGEST, message.text()));
			json.writeNumberProperty("priority", priority(message.urgency()));
		}));
		String authorization = authorization();
		return (authorization != null) ? post.with("Authorization", authorization) : post;
	}

	private String topic() {
		if (topic != null || credentials == null) {
			return String.valueOf(topic);
		}
		return credentials.file(TOPIC).read();
	}

	private @Nullable String authorization() {
		if (credentials == null) {
			return null;
		}
		if (credentials.file(Credentials.TOKEN).exists()) {
			return "Bearer " + credentials.file(Credentials.TOKEN).read();
		}
		if (!credentials.file(Credentials.PASSWORD).exists()) {
			return null;
		}
		String login = credentials.file(Credentials.USER).read() + ":" + credentials.file(Credentials.PASSWORD).read();
		return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
	}

	/** Of five, where three is usual. */
	private static int priority(Urgency urgency) {
		return switch (urgency) {
			case LOW -> 2;
			case NORMAL -> 3;
			case HIGH -> 4;
		};
	}

	@Override
	public Duration freshness() {
		return Channel.NEWS;
	}

}
