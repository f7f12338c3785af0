package dev.longhaul.core.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * What is declared of keeping: the policy, and the restore points that stay whatever it
 * says. Git is the truth for both; a pin ends when its line is deleted there.
 *
 * @param pins by the moment the night was due, as reports name it, to the second; it pins
 * the restore points of all applications of that moment
 * @param nightly how much each night removes by itself; null if a person approves each
 * plan
 */
public record Retention(RetentionPolicy policy, Map<Instant, Pin> pins, @Nullable NightlyLimit nightly) {

	public Retention {
		pins = Map.copyOf(pins);
	}

	/** Nothing goes by itself. */
	public Retention(RetentionPolicy policy, Map<Instant, Pin> pins) {
		this(policy, pins, null);
	}

	/** The same by the calendar of another place. */
	public Retention in(ZoneId zone) {
		return new Retention(new RetentionPolicy(policy.counts(), policy.within(), zone), pins, nightly);
	}

	/** Null if nobody pinned what that night made. */
	public @Nullable Pin pinOf(Night night) {
		return pins.get(night.scheduledFor());
	}

	/**
	 * The pins that pin none of these nights, by their moment: whoever wrote one down
	 * believes that something is kept, and it is not.
	 */
	public List<Instant> pinsBeside(List<Night> nights) {
		return pins.keySet()
			.stream()
			.filter(at -> nights.stream().noneMatch(night -> night.scheduledFor().equals(at)))
			.sorted()
			.toList();
	}

}
