package dev.longhaul.scheduler.log;

import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.longhaul.core.run.RunAtHand;
import dev.longhaul.core.text.Printable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is logged at once. Its text may come from anywhere.
 *
 * @param level as logback names it
 * @param run for which it was logged; null if for none
 * @param details besides the message, by name, in their order
 */
public record LogLine(Instant at, String level, String logger, @Nullable RunAtHand run, String message,
		Map<String, String> details) {

	/**
	 * Of the message and of each detail, in characters: a line is read into memory by
	 * everyone it passes.
	 */
	static final int LONGEST = 8000;

	private static final JsonFactory FACTORY = new JsonFactory();

	/** With nothing besides the message. */
	public LogLine(Instant at, String level, String logger, @Nullable RunAtHand run, String message) {
		this(at, level, logger, run, message, Map.of());
	}

	/** One object in one line, without the end of that line. */
	public String json() {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("time", at.toString());
		fields.put("level", level);
		fields.put("logger", logger);
		if (run != null) {
			fields.put("run", run.id());
			fields.put("job", run.job().value());
		}
		fields.put("message", message);
		fields.putAll(details);
		StringWriter line = new StringWriter();
		try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
			json.writeStartObject();
			fields.forEach((name, value) -> json.writeStringProperty(name, harmless(value)));
			json.writeEndObject();
		}
		return line.toString();
	}

	/** Somebody may look at it in a terminal. Only ends of lines stay what they are. */
	private static String harmless(String text) {
		String bounded = (text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
		return bounded.lines().map(line -> Printable.of(line.replace("\t", "    "))).collect(Collectors.joining("\n"));
	}

}
