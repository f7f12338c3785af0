package dev.longhaul.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.longhaul.core.retention.Use.Activity;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * A policy and restore points made from a seed: dense or with gaps, some at the same
 * instant, some with a time that is yet to come, in histories where all, most or none are
 * proven.
 */
final class RandomHistory {

	private static final int MOST_POINTS = 40;

	private static final List<ZoneId> ZONES = List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"),
			ZoneId.of("Australia/Lord_Howe"), ZoneId.of("America/St_Johns"), ZoneId.of("Pacific/Apia"));

	/** How far apart restore points are: from many in an hour to few in a year. */
	private static final List<Duration> STEPS = List.of(Duration.ofMinutes(20), Duration.ofHours(5),
			Duration.ofHours(30), Duration.ofDays(12), Duration.ofDays(150));

	private final long seed;

	private final Random random;

	private final RetentionPolicy policy;

	private final RetentionPolicy largerPolicy;

	private final List<StoredPoint> points = new ArrayList<>();

	private final Instant now;

	RandomHistory(long seed) {
		this.seed = seed;
		this.random = new Random(seed);
		this.policy = smallPolicy();
		this.largerPolicy = larger(policy);
		this.now = fill(Instant.parse("2026-03-27T00:00:00Z").plus(Duration.ofDays(random.nextInt(700))));
	}

	RetentionPolicy policy() {
		return policy;
	}

	/** As many or more of everything. */
	RetentionPolicy largerPolicy() {
		return largerPolicy;
	}

	List<StoredPoint> points() {
		return points;
	}

	Instant now() {
		return now;
	}

	RetentionPlan plan() {
		return RetentionPlan.of(policy, Points.inventory(points), now);
	}

	@Override
	public String toString() {
		return "seed %d: %d points, %s".formatted(seed, points.size(), policy);
	}

	/**
	 * @return when the last of them had been taken; a few have a time after that
	 */
	private Instant fill(Instant start) {
		int wanted = random.nextInt(MOST_POINTS + 1);
		int soundness = random.nextInt(4);
		Instant at = start;
		for (int i = 0; i < wanted; i++) {
			Duration step = STEPS.get(random.nextInt(STEPS.size()));
			boolean together = random.nextInt(8) == 0;
			at = together ? at : at.plusSeconds(random.nextLong(1, step.toSeconds()));
			boolean yetToCome = random.nextInt(40) == 0;
			Night night = new Night(new JobName("job-" + i), at.minusSeconds(random.nextInt(600)));
			points.add(surrounded(
					Points.point(night, yetToCome ? at.plus(Duration.ofDays(9000)) : at, condition(soundness))));
		}
		return at;
	}

	/**
	 * @param soundness 0: none is proven; 3: nearly all are
	 */
	private Condition condition(int soundness) {
		if (random.nextInt(10) < soundness * 3) {
			return Points.PROVEN;
		}
		return List.of(Points.UNREAD, Points.UNREAD, Points.REFUTED, Points.UNFINISHED).get(random.nextInt(4));
	}

	private StoredPoint surrounded(StoredPoint point) {
		return switch (random.nextInt(20)) {
			case 0 -> Points.pinned(point, "before the upgrade to 31");
			case 1 -> Points.used(point, new Use(Activity.MIRRORED, "run 7"));
			default -> point;
		};
	}

	private RetentionPolicy smallPolicy() {
		Map<CountingRule, Integer> counts = new EnumMap<>(CountingRule.class);
		for (CountingRule rule : CountingRule.values()) {
			counts.put(rule, Math.max(0, random.nextInt(8) - 3));
		}
		boolean empty = counts.values().stream().allMatch(count -> count == 0);
		Span within = (empty || random.nextBoolean()) ? new Span(random.nextInt(4), 1 + random.nextInt(40)) : null;
		return new RetentionPolicy(counts, within, ZONES.get(random.nextInt(ZONES.size())));
	}

	private RetentionPolicy larger(RetentionPolicy smaller) {
		Map<CountingRule, Integer> counts = new EnumMap<>(CountingRule.class);
		for (CountingRule rule : CountingRule.values()) {
			counts.put(rule, smaller.count(rule) + random.nextInt(3));
		}
		return new RetentionPolicy(counts, larger(smaller.within()), smaller.zone());
	}

	private @Nullable Span larger(@Nullable Span smaller) {
		if (smaller == null) {
			return random.nextBoolean() ? new Span(0, 1 + random.nextInt(40)) : null;
		}
		return new Span(smaller.months(), smaller.days() + random.nextInt(20));
	}

}
