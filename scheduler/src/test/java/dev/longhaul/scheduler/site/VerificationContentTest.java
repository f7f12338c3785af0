package dev.longhaul.scheduler.site;

import java.time.LocalDate;
import java.util.List;

import dev.longhaul.core.run.Recorded.Refusal;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.scheduler.ledger.Coverage.Scope;
import dev.longhaul.scheduler.ledger.ReadingDay;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.verification.Coverage;
import dev.longhaul.scheduler.page.verification.DueRow;
import dev.longhaul.scheduler.page.verification.VerificationPage;
import org.junit.jupiter.api.Test;

import static dev.longhaul.scheduler.site.Stands.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class VerificationContentTest {

	private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

	private final Configured configured = new Configured("home", List.of(Declared.BUCKET, Declared.NAS));

	@Test
	void aVerificationSaysWhatItReadsAtLeast() {
		VerificationPage page = new VerificationContent(Outlook.of(Declared.household(), NOW), configured)
			.page(List.of(), List.of(), List.of(),
					Stands.overview(Stands.row("gitea", Clause.AWAY, Answer.HOLDS, "away", 7),
							Stands.row("wiki", Clause.AWAY, Answer.HOLDS, "away", 1000)),
					TODAY, Query.of("/verification"));

		assertThat(page.due().rows()).containsExactly(new DueRow("weekly: 5 restore points of 1 application", "default",
				java.time.Instant.parse("2026-11-23T01:30:00Z"), 4, 4 + 5 * 2, ByteSize.ofMebibytes(7)));
	}

	@Test
	void coverageIsToldByTheNamesThatJobsUse() {
		VerificationPage page = new VerificationContent(Outlook.of(Definitions.NONE, NOW), configured).page(
				List.of(new ReadingDay(TODAY, 2, 0, 9, ByteSize.ofMebibytes(18)),
						new ReadingDay(TODAY.minusDays(1), 0, 1, 0, ByteSize.ZERO)),
				List.of(Stands.covered("s3://bucket@region/", Scope.EVERYTHING, 400, 100, 100),
						Stands.covered("elsewhere", Scope.NEWEST_OF_EACH, 30, 15, 0)),
				List.of(new Refusal("longhaul/runs/x/proof.json", "its signature is of another")), Stands.overview(),
				TODAY, Query.of("/verification"));

		assertThat(page.days()).containsOnlyKeys(TODAY);
		assertThat(page.coverage()).extracting(Coverage::target).containsExactly("default", "elsewhere");
		assertThat(page.coverage().get(0)).isEqualTo(new Coverage("default", "of all restore points", 10, 7, 1,
				ByteSize.ofMebibytes(400), ByteSize.ofMebibytes(200)));
		assertThat(page.refusals()).containsExactly("longhaul/runs/x/proof.json: its signature is of another");
		assertThat(page.due().isEmpty()).isTrue();
	}

}
