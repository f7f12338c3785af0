package dev.longhaul.scheduler.notification;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;

/**
 * A web service of the user's own: JSON by a template, and headers out of files.
 */
public final class Webhook implements Medium {

	private final WebAddress address;

	private final Map<String, SecretFile> headers;

	private final Template template;

	private final Web web;

	/**
	 * @param headers files with their values, by name
	 * @throws RefusedRequest if a header is none, or one that is set here
	 */
	public Webhook(WebAddress address, Map<String, SecretFile> headers, Template template, Web web) {
		this.address = address;
		this.headers = Map.copyOf(headers);
		this.template = template;
		this.web = web;
		headers.keySet().forEach(Webhook::requireHeader);
	}

	private static void requireHeader(String name) {
		try {
			HttpRequest.newBuilder().header(name, "value");
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"'%s' is no header that a webhook can have".formatted(name),
					"write the name alone, such as Authorization; its value comes from a file", ex);
		}
	}

	@Override
	public String describe() {
		return "webhook at " + address.place();
	}

	@Override
	public void check() {
		address.uri();
		headers.values().forEach(SecretFile::read);
	}

	@Override
	public Delivery deliver(Message message) {
		return web.send(message, this::post);
	}

	private Post post(Message message) {
		Post post = Post.json(address.uri(), template.fill(message));
		headers.forEach((name, file) -> post.with(name, file.read()));
		return post;
	}

	@Override
	public Duration freshness() {
		return Channel.NEWS;
	}

}
