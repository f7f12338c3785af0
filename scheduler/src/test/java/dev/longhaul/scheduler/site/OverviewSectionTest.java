package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.ledger.Coverage;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.Overview;
import dev.longhaul.scheduler.page.Action;
import dev.longhaul.scheduler.page.Notice;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.overview.ApplicationRow.Remedy;
import dev.longhaul.scheduler.page.overview.OverviewPage;
import dev.longhaul.scheduler.page.table.Query;
import org.junit.jupiter.api.Test;

import static dev.longhaul.scheduler.site.Stands.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class OverviewSectionTest {

	private static final List<Coverage> COVERAGE = List.of(
			Stands.covered("s3://bucket@region/", Coverage.Scope.EVERYTHING, 400, 100, 100),
			Stands.covered("file:///mnt/nas", Coverage.Scope.NEWEST_OF_EACH, 30, 15, 0));

	private static OverviewPage page(Overview overview, Definitions definitions, Caller caller) {
		Outlook outlook = Outlook.of(definitions, NOW);
		return OverviewSection.page(overview, COVERAGE, outlook, new Offers(outlook, caller),
				new Configured("home", List.of(Declared.BUCKET, Declared.NAS)), Query.of("/"), NOW);
	}

	@Test
	void theWorstStandsFirstWithWhatMendsIt() {
		OverviewPage page = page(
				Stands.overview(Stands.row("gitea", Clause.IMMUTABLE, Answer.UNKNOWN, "nobody could ask", 10),
						Stands.row("wiki", Clause.ERRORS, Answer.FAILS, "a block is damaged", 20)),
				Declared.household(), Declared.OPERATOR);

		assertThat(page.applications().rows()).extracting(row -> row.name().value()).containsExactly("wiki", "gitea");
		ApplicationRow wiki = page.applications().rows().get(0);
		assertThat(wiki.goal()).isEqualTo(Duration.ofMinutes(75));
		assertThat(wiki.isLate(NOW)).isTrue();
		assertThat(wiki.next()).isEqualTo("2026-11-22T09:00:00Z");
		assertThat(wiki.sizes()).hasSize(30);
		assertThat(wiki.remedies()).containsOnlyKeys(Clause.ERRORS);
		assertThat(wiki.remedy(Clause.ERRORS)).extracting(Remedy::action)
			.isEqualTo(new Action("Run hourly", "/jobs/hourly/run",
					"A night begins now. It makes 1 application quiet for moments, backs them up, "
							+ "reads back what it wrote, and judges it."));
		assertThat(page.applications().rows().get(1).remedies()).isEmpty();
		assertThat(page.runNow()).extracting(Action::href).containsExactly("/jobs/hourly/run", "/jobs/nightly/run");
	}

	@Test
	void whoMayOnlyReadIsOfferedNothingToPress() {
		OverviewPage page = page(Stands.overview(Stands.row("wiki", Clause.ERRORS, Answer.FAILS, "damaged", 20)),
				Declared.household(), Declared.READER);

		assertThat(page.runNow()).isEmpty();
		assertThat(page.applications().rows()).flatMap(row -> row.remedies().values())
			.extracting(Remedy::action)
			.containsOnlyNulls();
	}

	@Test
	void whereNoMirrorIsDeclaredItIsSaidHowOneIs() {
		Definitions nightly = Declared.definitions("""
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "30 2 * * *", timeZone: Europe/Berlin}
				""");

		OverviewPage page = page(
				Stands.overview(Stands.row("gitea", Clause.COPIES, Answer.FAILS, "2 of 3 copies", 10),
						Stands.row("wiki", Clause.AWAY, Answer.UNKNOWN, "the site is not declared", 10)),
				nightly, Declared.READER);

		Map<String, Map<Clause, Remedy>> remedies = Map.of("gitea", page.applications().rows().get(0).remedies(),
				"wiki", page.applications().rows().get(1).remedies());
		String mirror = remedies.get("gitea").get(Clause.COPIES).command();
		assertThat(mirror).contains("kind: MirrorJob", "spec: {after: nightly, from: default, to: nas}");
		assertThat(Declared.definitions(mirror.substring(mirror.indexOf("apiVersion"))).jobs()).hasSize(1);
		assertThat(remedies.get("wiki").get(Clause.AWAY).command()).contains("cluster: {site: home}");
	}

	@Test
	void whatIsDeclaredAndHasNoNightYetIsNotKnownToBeSafe() {
		OverviewPage page = page(Stands.overview(Stands.unjudged("gitea")), Declared.household(), Declared.READER);

		assertThat(page.applications().rows()).extracting(row -> row.name().value()).containsExactly("gitea", "wiki");
		assertThat(page.sentence().answer()).isEqualTo(Answer.FAILS);
		assertThat(page.sentence().parts()).extracting(part -> part.words())
			.contains("2 of 2 applications are not known to be safe: gitea (0 errors), wiki (0 errors).");
	}

	@Test
	void anEmptyServerHasNothingToTell() {
		OverviewPage page = page(new Overview(List.of(), 0, new Freshness(null, null, null)), Definitions.NONE,
				Declared.OPERATOR);

		assertThat(page.applications().isEmpty()).isTrue();
		assertThat(page.runNow()).isEmpty();
		assertThat(page.buckets().get(0).stored()).isNull();
		assertThat(page.buckets().get(0).growth()).isEqualTo("–");
	}

	@Test
	void ofATargetTheNewestRestorePointsAreTold() {
		OverviewPage page = page(
				Stands.overview(Stands.row("gitea", Clause.AWAY, Answer.HOLDS, "away", 10),
						Stands.row("wiki", Clause.AWAY, Answer.HOLDS, "away", 20)),
				Declared.household(), Declared.READER);

		assertThat(page.buckets().get(0).name()).isEqualTo("default");
		assertThat(page.buckets().get(0).stored()).isEqualTo(ByteSize.ofMebibytes(30));
		assertThat(page.buckets().get(0).readBack()).isEqualTo(0.5);
		assertThat(page.buckets().get(0).growth()).isEqualTo("+0 B in 30 days");
		assertThat(page.buckets().get(1).stored()).isEqualTo(ByteSize.ofMebibytes(30));
		assertThat(page.buckets().get(1).readBack()).isEqualTo(0.5);
	}

	@Test
	void ofThousandsOnePartIsShown() {
		Overview many = Stands.overview(IntStream.range(0, 2000)
			.mapToObj(i -> Stands.row("app-%04d".formatted(i), Clause.COPIES, Answer.FAILS, "2 of 3", 10))
			.toArray(dev.longhaul.scheduler.ledger.ApplicationRow[]::new));

		OverviewPage page = page(many, Declared.household(), Declared.READER);

		assertThat(page.applications().rows()).hasSize(200);
		assertThat(page.applications().total()).isEqualTo(2002);
	}

	@Test
	void whatTheBucketDidNotTellIsSaidOnEveryPage() {
		assertThat(LedgerNotice.of(Stands.FRESH)).isEmpty();
		assertThat(LedgerNotice.of(new Freshness(null, null, null))).extracting(Notice::words)
			.containsExactly("The bucket was not read to its end yet; what it holds is not shown before that.");
		assertThat(LedgerNotice.of(new Freshness(NOW, NOW.plusSeconds(9), "TARGET_UNREACHABLE it does not answer")))
			.containsExactly(
					new Notice(Answer.UNKNOWN, "The bucket cannot be read: TARGET_UNREACHABLE it does not answer. "
							+ "Pages show what was in the bucket before.", NOW.plusSeconds(9), null));
	}

}
