package dev.longhaul.scheduler.site;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.form.Position;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.InForce.Standing;
import dev.longhaul.gitops.repository.Revision;
import dev.longhaul.scheduler.page.Link;
import dev.longhaul.scheduler.page.job.JobPage;
import dev.longhaul.scheduler.page.job.JobRow;
import dev.longhaul.scheduler.page.job.JobState;
import dev.longhaul.scheduler.page.job.JobsPage;
import dev.longhaul.scheduler.page.table.Query;
import org.junit.jupiter.api.Test;

import static dev.longhaul.scheduler.site.Stands.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class JobsContentTest {

	private static final Revision COMMIT = new Revision("0123456789".repeat(4), "Ada", NOW, "nights");

	private static final CommitLinks LINKS = new CommitLinks(Optional.of("https://gitea.example.org/me/homelab.git"));

	private final JobsContent content = new JobsContent(Outlook.of(Declared.household(), NOW), LINKS);

	private static InForce inForce(Standing standing) {
		return new InForce(COMMIT, Declared.household(), standing,
				List.of(DefinitionFile.of("longhaul/jobs/nightly.yaml", """
						# Ours.
						apiVersion: longhaul.dev/v1
						kind: BackupJob
						metadata: {name: nightly}
						spec: {schedule: "30 2 * * *", timeZone: Europe/Berlin}
						""")));
	}

	private JobPage nightly(Standing standing) {
		InForce inForce = inForce(standing);
		return content.job(inForce.definitions().job(new JobName("nightly")).orElseThrow(), inForce, List.of(),
				List.of(), NOW);
	}

	@Test
	void jobsAreListedWithWhatStartsThem() {
		JobsPage page = content.jobs(Optional.of(inForce(new Standing.Newest())), Optional.empty(), Map.of(),
				Query.of("/jobs"));

		assertThat(page.jobs().rows()).extracting(JobRow::schedule)
			.containsExactly("after nightly", "0 * * * * UTC", "30 2 * * * Europe/Berlin", "0 5 * * 1 UTC",
					"after copies");
		assertThat(page.jobs().rows()).extracting(JobRow::state)
			.containsExactly(JobState.ACTIVE, JobState.ACTIVE, JobState.ACTIVE, JobState.PAUSED, JobState.ACTIVE);
		assertThat(page.jobs().rows()).extracting(JobRow::next)
			.containsExactly(null, Instant.parse("2026-11-22T09:00:00Z"), Instant.parse("2026-11-23T01:30:00Z"), null,
					null);
		assertThat(page.trouble()).isNull();
		assertThat(page.revision()).extracting(revision -> revision.link())
			.isEqualTo(new Link("01234567", "https://gitea.example.org/me/homelab/commit/" + COMMIT.id()));
	}

	@Test
	void aJobIsShownAsItStandsInGitWithItsNextInstants() {
		JobPage page = nightly(new Standing.Newest());

		assertThat(page.file()).isEqualTo("longhaul/jobs/nightly.yaml");
		assertThat(page.yaml()).startsWith("# Ours.", "apiVersion: longhaul.dev/v1").hasSize(5);
		assertThat(page.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
		assertThat(page.next()).hasSize(10).startsWith(Instant.parse("2026-11-23T01:30:00Z"));
		assertThat(page.changes()).isEmpty();
	}

	@Test
	void whyANewerRevisionIsNotInForceIsSaid() {
		Standing refused = new Standing.NewestRefused(new Revision("f".repeat(40), "Ben", NOW, "oops"),
				List.of(new Problem(new Position("longhaul/jobs/nightly.yaml", 7, 3), "'shedule' is no key",
						"expected schedule")));

		assertThat(nightly(refused).changes()).containsExactly(
				"Nothing: revision ffffffff of Ben is newer, and is refused until it is mended.",
				"longhaul/jobs/nightly.yaml:7:3: 'shedule' is no key; expected schedule");
		assertThat(nightly(new Standing.NotAsked("it does not answer")).changes())
			.containsExactly("Nobody knows whether this is the newest revision: it does not answer.");
	}

	@Test
	void beforeAnythingIsInForceItIsSaidWhy() {
		JobsContent nothing = new JobsContent(Outlook.of(Definitions.NONE, NOW), LINKS);

		JobsPage silent = nothing.jobs(Optional.empty(), Optional.empty(), Map.of(), Query.of("/jobs"));
		JobsPage failed = nothing.jobs(Optional.empty(),
				Optional.of(new TransientFailure(FailureCode.GIT_UNREACHABLE, "it does not answer", "is it up?")),
				Map.of(), Query.of("/jobs"));

		assertThat(silent.jobs().isEmpty()).isTrue();
		assertThat(silent.trouble()).isEqualTo("The definitions in Git were not read yet.");
		assertThat(failed.trouble())
			.isEqualTo("The definitions in Git cannot be read: it does not answer (GIT_UNREACHABLE). is it up?");
	}

}
