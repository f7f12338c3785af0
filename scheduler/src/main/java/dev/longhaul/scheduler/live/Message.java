package dev.longhaul.scheduler.live;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param id what a listener sends back as {@code Last-Event-ID}; null to leave that as it
 * is
 */
public record Message(@Nullable Long id, String type, String data) {

	/** As it is sent. */
	byte[] bytes() {
		String lines = data.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining());
		String text = ((id != null) ? "id: " + id + "\n" : "") + "event: " + type + "\n"
				+ (lines.isEmpty() ? "data:\n" : lines) + "\n";
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Something that listeners do not see. */
	static byte[] comment(String text) {
		return (": " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

}
