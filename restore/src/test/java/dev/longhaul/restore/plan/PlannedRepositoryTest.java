package dev.longhaul.restore.plan;

import java.util.Map;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Held;
import dev.longhaul.restore.choice.Wanted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.longhaul.restore.choice.Held.day;
import static dev.longhaul.restore.choice.Held.night;
import static dev.longhaul.restore.choice.Held.proven;
import static org.assertj.core.api.Assertions.assertThat;

class PlannedRepositoryTest {

	private static final ClaimRef GITEA = new ClaimRef("gitea", "data");

	private static final ClaimRef WIKI = new ClaimRef("wiki", "pages");

	private static final String SATURDAY = "5a".repeat(20);

	private static final String SUNDAY = "50".repeat(20);

	private final Held held = new Held().volume("pvc-1", GITEA, 21, 22).volume("pvc-2", WIKI, 21, 22);

	@Test
	void isTheCommitOfTheRestorePointAndTheNewestBundleOfAnybody() {
		held.revision(21, SATURDAY)
			.revision(22, SUNDAY)
			.recorded(21, "gitea", GITEA, "pvc-1", proven(21))
			.recorded(22, "gitea", GITEA, "pvc-1", new Proof.Refuted(day(22), "block 7a11 is missing"))
			.export(21, "repository", "Git repository, http://gitea/one.git, commit 5a5a5a5a")
			.recorded(21, "wiki", WIKI, "pvc-2", proven(21))
			.export(22, "repository", "Git repository, http://gitea/one.git, commit 50505050")
			.recorded(22, "wiki", WIKI, "pvc-2", proven(22));

		PlannedRepository repository = plan(Wanted.everything(), Placement.unchanged());

		assertThat(repository).isNotNull();
		assertThat(repository.application().value()).isEqualTo("gitea");
		assertThat(repository.revision()).isEqualTo(SATURDAY);
		assertThat(repository.bundle()).isNotNull();
		assertThat(repository.bundle().night()).isEqualTo(night(22));
		assertThat(repository.bundle().application().value()).isEqualTo("wiki");
	}

	@Test
	void whoWantsThePastGetsNoRepositoryOfLater() {
		held.export(21, "repository", "Git repository, one")
			.recorded(21, "gitea", GITEA, "pvc-1", proven(21))
			.export(22, "repository", "Git repository, one")
			.recorded(22, "gitea", GITEA, "pvc-1", proven(22));

		PlannedRepository asOf = plan(new Wanted(Set.of(), day(22).minusSeconds(1), null), Placement.unchanged());
		PlannedRepository ofANight = plan(new Wanted(Set.of(), null, night(21)), Placement.unchanged());

		assertThat(asOf).isNotNull();
		assertThat(asOf.bundle()).isNotNull();
		assertThat(asOf.bundle().night()).isEqualTo(night(21));
		assertThat(ofANight).isEqualTo(asOf);
	}

	/** What a record names and the bucket holds no more was removed. */
	@Test
	void aBundleGoesWithItsRestorePointAndAnotherExportIsNone() {
		held.export(20, "repository", "Git repository, one")
			.recorded(20, "gitea", GITEA, "pvc-1", proven(20))
			.export(21, "repository", "PostgreSQL, all databases")
			.recorded(21, "gitea", GITEA, "pvc-1", proven(21))
			.export(22, "dump", "Git repository, one")
			.recorded(22, "gitea", GITEA, "pvc-1", proven(22));

		assertThat(plan(Wanted.everything(), Placement.unchanged()))
			.isEqualTo(new PlannedRepository(new ApplicationName("gitea"), null, null));
	}

	@Test
	void nobodyServesItWhoIsNotRestoredOrRestoredBesideWhatItWas() {
		held.recorded(22, "gitea", GITEA, "pvc-1", proven(22)).recorded(22, "wiki", WIKI, "pvc-2", proven(22));

		assertThat(plan(Wanted.everything(), new Placement("drill", Map.of()))).isNull();
		assertThat(plan(Wanted.everything(), new Placement(null, Map.of(WIKI, new ClaimRef("wiki", "old")))))
			.isNotNull();
		assertThat(plan(new Wanted(Set.of(new ApplicationName("wiki")), null, null), Placement.unchanged())).isNull();
	}

	@Test
	void whatIsNoCommitIsNotTakenForOne() {
		held.revision(22, "HEAD --upload-pack=evil").recorded(22, "gitea", GITEA, "pvc-1", proven(22));

		PlannedRepository repository = plan(Wanted.everything(), Placement.unchanged());

		assertThat(repository).isNotNull();
		assertThat(repository.revision()).isNull();
	}

	private @Nullable PlannedRepository plan(Wanted wanted, Placement placement) {
		return new Planner(Held.TARGET, placement, 100, null).plan(Choice.of(held.contents(), wanted)).repository();
	}

}
