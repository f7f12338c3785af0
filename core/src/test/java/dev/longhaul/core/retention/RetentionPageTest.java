package dev.longhaul.core.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.retention.Decision.Keep;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example people read is what would happen.
 */
class RetentionPageTest {

	private static final Path PAGE = Path.of("../docs/retention.md");

	private static final Map<String, Condition> CONDITIONS = Map.of("proven", Points.PROVEN, "refuted", Points.REFUTED,
			"unread", Points.UNREAD);

	@Test
	void theExampleOnThePageIsWhatThePolicyDoes() throws IOException {
		List<String> rows = Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| 20")).toList();
		RetentionPolicy policy = new RetentionPolicy(
				Map.of(CountingRule.DAILY, 3, CountingRule.WEEKLY, 2, CountingRule.MONTHLY, 2), Span.parse("1d"),
				ZoneId.of("Europe/Berlin"));

		RetentionPlan plan = RetentionPlan.of(policy,
				Points.inventory(rows.stream().map(RetentionPageTest::point).toList()),
				Instant.parse("2026-11-22T18:00:00Z"));

		assertThat(Files.readString(PAGE)).contains("`" + policy + "`");
		assertThat(plan.decisions().stream().map(RetentionPageTest::row)).containsExactlyElementsOf(rows);
	}

	private static StoredPoint point(String row) {
		String[] cells = row.split(" ?\\| ?", -1);
		return Points.point(Points.night(cells[1]), Instant.parse(cells[1]), CONDITIONS.get(cells[2]));
	}

	private static String row(Decision decision) {
		StoredPoint point = decision.point();
		return "| %s | %s | %s | %s |".formatted(point.takenAt(), point.condition().word(),
				(decision instanceof Keep) ? "stays" : "goes", String.join("; ", decision.reasons()));
	}

}
