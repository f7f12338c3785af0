package dev.longhaul.scheduler.notification;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * A dead man's switch, as healthchecks.io has them: it raises the alarm when it hears
 * nothing. It is told when a run begins and how it ends, with the end of its log;
 * https://healthchecks.io/docs/http_api/.
 */
public final class Ping implements Medium {

	/** Later it would say of now what was true once. */
	private static final Duration FRESHNESS = Duration.ofMinutes(30);

	/** In bytes; healthchecks.io keeps 100,000 of them. */
	private static final int LONGEST = 50_000;

	private final WebAddress.Secret address;

	private final Web web;

	public Ping(WebAddress.Secret address, Web web) {
		this.address = address;
		this.web = web;
	}

	@Override
	public String describe() {
		return "ping to " + address.place();
	}

	@Override
	public void check() {
		address.uri();
	}

	@Override
	public Delivery deliver(Message message) {
		return web.send(message, told -> Post.text(target(address.uri(), told),
				Shortened.toBytes(LONGEST, told.subject() + "\n\n" + told.text())));
	}

	/**
	 * A run is known by its job and instant, also to the process that goes on with it.
	 */
	static URI target(URI check, Message message) {
		StringBuilder target = new StringBuilder();
		target.append(check.getScheme()).append("://").append(check.getRawAuthority());
		String path = (check.getRawPath() != null) ? check.getRawPath() : "";
		target.append(path.endsWith("/") ? path.substring(0, path.length() - 1) : path).append(suffix(message.event()));
		String query = query(check.getRawQuery(), message.run());
		return URI.create(query.isEmpty() ? target.toString() : target + "?" + query);
	}

	private static String query(@Nullable String given, @Nullable Night run) {
		String known = (given != null) ? given : "";
		if (run == null) {
			return known;
		}
		UUID id = UUID.nameUUIDFromBytes(run.toString().getBytes(StandardCharsets.UTF_8));
		return (known.isEmpty() ? "" : known + "&") + "rid=" + id;
	}

	private static String suffix(Event event) {
		return switch (event) {
			case RUN_STARTED -> "/start";
			case RUN_SUCCEEDED -> "";
			case RUN_FAILED -> "/fail";
			// Noted down by the other side, and nothing more.
			case VERDICT_CHANGED, KIT_OUTDATED, DIGEST, TEST -> "/log";
		};
	}

	@Override
	public Duration freshness() {
		return FRESHNESS;
	}

}
