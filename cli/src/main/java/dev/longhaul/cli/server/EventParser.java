package dev.longhaul.cli.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes server-sent events out of the bytes of a stream, as the HTML standard has them,
 * as far as our server uses it: lines end in {@code \n}, and data is one JSON object.
 */
final class EventParser {

	/** A line of a log has 2,000 characters. */
	private static final int LONGEST = 256 * 1024;

	private final Predicate<ServerEvent> listener;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final StringBuilder data = new StringBuilder();

	private String id = "";

	private String name = "";

	private boolean wantsMore = true;

	EventParser(Predicate<ServerEvent> listener) {
		this.listener = listener;
	}

	/**
	 * @return whether the listener wants to hear more
	 * @throws dev.longhaul.core.failure.RefusedRequest if an event is too long
	 */
	boolean take(byte[] part) {
		for (int i = 0; i < part.length && wantsMore; i++) {
			byte b = part[i];
			if (b == '\n') {
				end(line.toString(StandardCharsets.UTF_8));
				line.reset();
			}
			else {
				line.write(b);
			}
			if (line.size() + data.length() > LONGEST) {
				throw Answer.misbehaved("an event of the server is longer than %d bytes".formatted(LONGEST));
			}
		}
		return wantsMore;
	}

	private void end(String text) {
		if (text.isEmpty()) {
			dispatch();
		}
		else if (text.startsWith("id: ")) {
			id = text.substring("id: ".length());
		}
		else if (text.startsWith("event: ")) {
			name = text.substring("event: ".length());
		}
		else if (text.startsWith("data: ")) {
			data.append(text, "data: ".length(), text.length());
		}
	}

	private void dispatch() {
		Optional<Fields> fields = JsonTree.read(data.toString().getBytes(StandardCharsets.UTF_8))
			.filter(Map.class::isInstance)
			.map(tree -> new Fields((Map<?, ?>) tree));
		String event = name;
		name = "";
		data.setLength(0);
		fields.ifPresent(found -> wantsMore = listener.test(new ServerEvent(id, event, found)));
	}

}
