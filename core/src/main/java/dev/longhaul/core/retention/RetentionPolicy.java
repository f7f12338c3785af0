package dev.longhaul.core.retention;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the restore points of an application on a target. A restore point is
 * kept if any part of the policy keeps it.
 * <p>
 * A policy that asks for nothing is refused: nobody wants it, so somebody forgot to write
 * it down. To keep everything, plan no retention.
 *
 * @param counts how many periods of each kind; what is missing or 0 counts none
 * @param within everything is kept that is at most this much older than the newest
 * restore point; null for none. It is not counted from now, so nothing goes merely
 * because time passes and no new backup comes
 * @param zone whose calendar counts
 */
public record RetentionPolicy(Map<CountingRule, Integer> counts, @Nullable Span within, ZoneId zone) {

	/** More than a year of hours. */
	public static final int MAX_COUNT = 10_000;

	public RetentionPolicy {
		counts = checked(counts);
		if (counts.isEmpty() && within == null) {
			throw new IllegalArgumentException("the retention policy would keep nothing: name at least one of "
					+ Stream.of(CountingRule.values()).map(CountingRule::word).toList() + " or 'within'");
		}
	}

	/** How many periods of this kind; 0 for none. */
	public int count(CountingRule rule) {
		return counts.getOrDefault(rule, 0);
	}

	/**
	 * Reads what {@link #toString} writes. Without a time zone it is that of UTC.
	 * @throws IllegalArgumentException if it is anything else
	 */
	public static RetentionPolicy parse(String text) {
		Map<CountingRule, Integer> counts = new EnumMap<>(CountingRule.class);
		Span within = null;
		ZoneId zone = null;
		for (String part : text.split(",", -1)) {
			String[] words = part.strip().split(" +", -1);
			Optional<CountingRule> rule = Stream.of(CountingRule.values())
				.filter(known -> known.word().equals(words[0]))
				.findFirst();
			boolean again = rule.map(counts::containsKey)
				.orElse(words[0].equals("within") ? within != null : zone != null);
			if (again || words.length != ((rule.isPresent() || words[0].equals("within")) ? 2 : 1)) {
				throw notUnderstood(text, part);
			}
			if (rule.isPresent()) {
				counts.put(rule.get(), count(text, words[1]));
			}
			else if (words[0].equals("within")) {
				within = Span.parse(words[1]);
			}
			else {
				zone = zone(text, words[0]);
			}
		}
		return new RetentionPolicy(counts, within, (zone != null) ? zone : ZoneOffset.UTC);
	}

	private static int count(String text, String number) {
		try {
			return Integer.parseInt(number);
		}
		catch (NumberFormatException ex) {
			throw notUnderstood(text, number);
		}
	}

	private static ZoneId zone(String text, String id) {
		try {
			return ZoneId.of(id);
		}
		catch (DateTimeException ex) {
			throw notUnderstood(text, id);
		}
	}

	private static IllegalArgumentException notUnderstood(String text, String part) {
		String whole = part.equals(text) ? "" : " of the policy '%s'".formatted(text);
		return new IllegalArgumentException(
				"'%s'%s is not understood: write it as 'daily 7, weekly 4, within 14d, Europe/Berlin'"
					.formatted(part.strip(), whole));
	}

	/** {@code last 3, daily 7, within 14d, Europe/Berlin}. */
	@Override
	public String toString() {
		List<String> parts = new ArrayList<>();
		for (CountingRule rule : CountingRule.values()) {
			if (count(rule) > 0) {
				parts.add(rule.word() + ' ' + count(rule));
			}
		}
		if (within != null) {
			parts.add("within " + within);
		}
		parts.add(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
		return String.join(", ", parts);
	}

	private static Map<CountingRule, Integer> checked(Map<CountingRule, Integer> counts) {
		Map<CountingRule, Integer> checked = new EnumMap<>(CountingRule.class);
		counts.forEach((rule, count) -> {
			if (count < 0 || count > MAX_COUNT) {
				throw new IllegalArgumentException(
						"'%s' must be from 0 to %d, not %d".formatted(rule.word(), MAX_COUNT, count));
			}
			if (count > 0) {
				checked.put(rule, count);
			}
		});
		return Map.copyOf(checked);
	}

}
