package dev.longhaul.core.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.retention.Decision.Keep;
import dev.longhaul.core.retention.Listing.InDoubt;
import dev.longhaul.core.retention.Listing.InFull;
import dev.longhaul.core.retention.Use.Activity;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * A case of a golden file. Each begins with a line {@code == name}, says the policy and,
 * where they matter, the instant of planning and why the target is in doubt, and then
 * lists restore points, newest first:
 *
 * <pre>
 * + 2026-11-22T02:30Z refuted | the reasons; all of them
 * </pre>
 *
 * {@code +} stays and {@code -} goes. Without a word after the time a restore point is
 * proven, was made by the job {@code nightly}, and was due when it was taken.
 */
final class GoldenCase {

	private final String name;

	private final Map<String, StoredPoint> points = new LinkedHashMap<>();

	private final List<String> expected = new ArrayList<>();

	private @Nullable RetentionPolicy policy;

	private @Nullable Instant now;

	private Listing listing = new InFull();

	private GoldenCase(String name) {
		this.name = name;
	}

	static Stream<GoldenCase> of(String file) {
		List<GoldenCase> cases = new ArrayList<>();
		for (String line : lines(file)) {
			if (line.startsWith("== ")) {
				cases.add(new GoldenCase(line.substring(3)));
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				cases.get(cases.size() - 1).read(line);
			}
		}
		return cases.stream();
	}

	/** The lines of the restore points, as they stand in the file. */
	String expected() {
		return String.join("\n", expected);
	}

	/** The same lines as a plan writes them that was given the points oldest first. */
	String actual() {
		List<StoredPoint> oldestFirst = new ArrayList<>(points.values());
		Collections.reverse(oldestFirst);
		RetentionPlan plan = RetentionPlan.of(policy,
				new Inventory(Points.APPLICATION, Points.TARGET, listing, oldestFirst), now());
		return String.join("\n", plan.decisions().stream().map(this::line).toList());
	}

	@Override
	public String toString() {
		return name;
	}

	private void read(String line) {
		if (line.startsWith("policy: ")) {
			policy = policy(line.substring(8));
		}
		else if (line.startsWith("now: ")) {
			now = OffsetDateTime.parse(line.substring(5)).toInstant();
		}
		else if (line.startsWith("in doubt: ")) {
			listing = new InDoubt(line.substring(10));
		}
		else {
			String described = line.substring(2).split(" \\| ", 2)[0];
			points.put(described, point(described.split(" ")));
			expected.add(line);
		}
	}

	private String line(Decision decision) {
		String described = points.entrySet()
			.stream()
			.filter(entry -> entry.getValue().equals(decision.point()))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
		return "%s %s | %s".formatted((decision instanceof Keep) ? "+" : "-", described,
				String.join("; ", decision.reasons()));
	}

	private Instant now() {
		if (now != null) {
			return now;
		}
		return points.values()
			.stream()
			.map(StoredPoint::takenAt)
			.max(Instant::compareTo)
			.orElse(Instant.EPOCH)
			.plus(Duration.ofHours(1));
	}

	private static RetentionPolicy policy(String text) {
		Map<CountingRule, Integer> counts = new EnumMap<>(CountingRule.class);
		Span within = null;
		String[] parts = text.split(", ");
		for (String part : List.of(parts).subList(0, parts.length - 1)) {
			String[] words = part.split(" ", 2);
			if (words[0].equals("within")) {
				within = Span.parse(words[1]);
			}
			else {
				counts.put(CountingRule.valueOf(words[0].toUpperCase(Locale.ROOT)), Integer.valueOf(words[1]));
			}
		}
		return new RetentionPolicy(counts, within, ZoneId.of(parts[parts.length - 1]));
	}

	private static StoredPoint point(String[] words) {
		Instant takenAt = OffsetDateTime.parse(words[0]).toInstant();
		Instant due = takenAt;
		String job = "nightly";
		Condition condition = Points.PROVEN;
		String pin = "";
		List<Use> uses = new ArrayList<>();
		for (String word : List.of(words).subList(1, words.length)) {
			switch (word) {
				case "unread" -> condition = Points.UNREAD;
				case "refuted" -> condition = Points.REFUTED;
				case "unfinished" -> condition = Points.UNFINISHED;
				case "pinned" -> pin = "before the upgrade to 31";
				case "restored", "verified", "mirrored" ->
					uses.add(new Use(Activity.valueOf(word.toUpperCase(Locale.ROOT)), "run 7"));
				default -> {
					String[] setting = word.split("=", 2);
					due = setting[0].equals("due") ? OffsetDateTime.parse(setting[1]).toInstant() : due;
					job = setting[0].equals("job") ? setting[1] : job;
				}
			}
		}
		StoredPoint point = Points.used(Points.point(new Night(new JobName(job), due), takenAt, condition),
				uses.toArray(Use[]::new));
		return pin.isEmpty() ? point : Points.pinned(point, pin);
	}

	private static List<String> lines(String file) {
		try (InputStream in = GoldenCase.class.getResourceAsStream(file)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
