package dev.longhaul.scheduler.wording;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTableTest {

	private static final Instant NOW = Instant.parse("2026-11-22T02:40:00Z");

	private final VerdictTable table = new VerdictTable(new Wording(ZoneOffset.UTC));

	@Test
	void anApplicationThatWasNeverJudgedIsUnknownInEveryClause() {
		VerdictTable.Row gitea = VerdictTable.Row.of(new ApplicationName("gitea"), null, null);

		assertThat(table.lines(List.of(gitea), NOW)).containsExactly(
				"        3  2  1  1  0   newest proven   RPO   why not",
				"gitea   ◌  ◌  ◌  ◌  ◌   never           –     never judged");
	}

}
