package dev.longhaul.gitops.definition;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.retention.CountingRule;
import dev.longhaul.core.retention.NightlyLimit;
import dev.longhaul.core.retention.Pin;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.retention.RetentionPolicy;
import dev.longhaul.core.retention.Span;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;

/**
 * The form of what is kept. Its periods are those of the job's own time zone: a night has
 * one calendar.
 */
final class RetentionForm {

	private static final Map<CountingRule, Field<Integer>> COUNTS = counts();

	private static final Field<Span> WITHIN = Field.optional("within",
			Forms.text("a span such as 14d, 2w, 6m or 1y6m",
					"^(?=.)([0-9]{1,5}y)?([0-9]{1,5}m)?([0-9]{1,5}w)?([0-9]{1,5}d)?$", Span::parse),
			"Everything is kept that is at most this much older than the newest restore point.");

	private static final Field<Instant> AT = Field.required("at",
			Forms.text("an instant in UTC as reports name a night, such as 2026-11-22T01:30:00Z",
					"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", RetentionForm::instant),
			"When the night was due, in UTC as reports name it.");

	private static final Field<String> REASON = Field.required("reason", Forms.text("why it is kept", text -> text),
			"Why it is kept, for whoever finds it later.");

	private static final Form<Map.Entry<Instant, Pin>> PIN = ObjectForm.of("a pinned night",
			values -> Map.entry(values.get(AT), new Pin(values.get(REASON))), AT, REASON);

	private static final Field<List<Map.Entry<Instant, Pin>>> PINS = Field.optional("pins", Forms.listOf(PIN),
			List.of(), "Nights whose restore points stay, whatever the rest says.");

	private static final Field<Integer> AT_MOST_A_NIGHT = Field.optional("atMostANight",
			Forms.whole(1, NightlyLimit.MAX),
			"How many restore points of an application each night removes by itself, once all of it is proven; a plan "
					+ "that removes more waits for a person. Nothing goes by itself if it is left out.");

	/** By the calendar of UTC; the job knows better. */
	static final Form<Retention> RETENTION = ObjectForm.of("what is kept", RetentionForm::retention,
			Stream.of(COUNTS.values().stream(), Stream.of(WITHIN, PINS, AT_MOST_A_NIGHT))
				.flatMap(fields -> fields)
				.toArray(Field<?>[]::new));

	private RetentionForm() {
	}

	private static Map<CountingRule, Field<Integer>> counts() {
		Map<CountingRule, Field<Integer>> counts = new EnumMap<>(CountingRule.class);
		for (CountingRule rule : CountingRule.values()) {
			counts.put(rule,
					Field.optional(rule.word(), Forms.whole(1, RetentionPolicy.MAX_COUNT),
							(rule == CountingRule.LAST) ? "How many of the newest restore points are kept."
									: "Of how many periods of this kind the newest restore point is kept."));
		}
		return counts;
	}

	private static Retention retention(Values values) {
		Map<CountingRule, Integer> counts = new EnumMap<>(CountingRule.class);
		COUNTS.forEach((rule, field) -> {
			Integer count = values.find(field);
			if (count != null) {
				counts.put(rule, count);
			}
		});
		Integer atMost = values.find(AT_MOST_A_NIGHT);
		return new Retention(new RetentionPolicy(counts, values.find(WITHIN), ZoneOffset.UTC), pins(values),
				(atMost != null) ? new NightlyLimit(atMost) : null);
	}

	private static Map<Instant, Pin> pins(Values values) {
		Map<Instant, Pin> pins = new HashMap<>();
		for (Map.Entry<Instant, Pin> pin : values.get(PINS)) {
			if (pins.put(pin.getKey(), pin.getValue()) != null) {
				throw values.mistake(PINS, "night " + pin.getKey() + " is pinned twice");
			}
		}
		return pins;
	}

	/** Nights are due to the second. */
	private static Instant instant(String text) {
		try {
			Instant instant = Instant.parse(text);
			if (instant.equals(instant.truncatedTo(ChronoUnit.SECONDS)) && text.endsWith("Z")) {
				return instant;
			}
		}
		catch (DateTimeParseException ex) {
			// Told below, as all that is no such instant.
		}
		throw new IllegalArgumentException("'" + text + "' is no such instant");
	}

}
