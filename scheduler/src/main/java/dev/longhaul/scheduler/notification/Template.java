package dev.longhaul.scheduler.notification;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;

/**
 * A JSON document with places for values: <code>${name}</code>. Each value is escaped as
 * it goes in, and nothing in a template is carried out.
 */
public final class Template {

	private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

	/** The one value that is no text. */
	private static final String FAILED = "failed";

	/** What can be filled in. A name never changes: templates of others have it. */
	private static final Map<String, Function<Message, String>> VALUES = values();

	/** What a webhook is told without a template of its own. */
	public static final Template USUAL = of("""
			{"id": "${id}", "event": "${event}", "urgency": "${urgency}", "failed": ${failed}, "time": "${time}",
			 "job": "${job}", "scheduledFor": "${scheduledFor}", "code": "${code}",
			 "subject": "${subject}", "text": "${text}"}
			""");

	private final String text;

	private Template(String text) {
		this.text = text;
	}

	private static Map<String, Function<Message, String>> values() {
		Map<String, Function<Message, String>> values = new LinkedHashMap<>();
		values.put("id", message -> message.id().toString());
		values.put("event", message -> message.event().word());
		values.put("urgency", message -> message.urgency().word());
		values.put(FAILED, message -> String.valueOf(message.event() == Event.RUN_FAILED));
		values.put("time", message -> message.at().toString());
		values.put("job", message -> ofRun(message, run -> run.job().value()));
		values.put("scheduledFor", message -> ofRun(message, run -> run.scheduledFor().toString()));
		values.put("code", Message::code);
		values.put("subject", Message::subject);
		values.put("text", Message::text);
		return values;
	}

	private static String ofRun(Message message, Function<Night, String> value) {
		Night run = message.run();
		return (run != null) ? value.apply(run) : "";
	}

	/**
	 * @throws RefusedRequest if it names a value that is not known, or is not JSON with
	 * its places filled
	 */
	public static Template of(String text) {
		PLACE.matcher(text)
			.results()
			.map(place -> place.group(1))
			.filter(name -> !VALUES.containsKey(name))
			.findFirst()
			.ifPresent(name -> {
				throw refused("the template of a webhook has no value for '${%s}'".formatted(name),
						"known are " + String.join(", ", VALUES.keySet()));
			});
		Template template = new Template(text);
		// Only what stands between quotes is JSON with such a sample.
		if (!Json.isDocument(template.fill(name -> name.equals(FAILED) ? "true" : "a \"word\""))) {
			throw refused("the template of a webhook is not JSON once its places are filled",
					"put \"${name}\" between quotes; only ${failed} is true or false and stands without");
		}
		return template;
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint);
	}

	String fill(Message message) {
		return fill(name -> VALUES.getOrDefault(name, any -> "").apply(message));
	}

	private String fill(UnaryOperator<String> values) {
		return PLACE.matcher(text)
			.replaceAll(place -> Matcher.quoteReplacement(Json.escaped(values.apply(place.group(1)))));
	}

}
