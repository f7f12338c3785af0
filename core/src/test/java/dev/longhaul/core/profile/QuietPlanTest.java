package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QuietPlanTest {

	private static final Workload GITEA = new Workload(Workload.Kind.DEPLOYMENT, "git", "gitea");

	private static final Place DATABASE = new Place(new Workload(Workload.Kind.STATEFUL_SET, "git", "postgresql"),
			"postgresql");

	private static final Duration LIMIT = Duration.ofMinutes(10);

	@Test
	void saysWhatIsDoneWithReasonsAndWhatUndoesItInReverse() {
		QuietPlan plan = QuietPlan.of(new GiteaProfile(GITEA, DATABASE, LIMIT), 2);

		assertThat(plan.describe()).containsExactly("deployment 'gitea' in 'git': scale to zero, within 3 min",
				"  because Gitea has no maintenance mode, and a push writes repositories and rows at two moments",
				"container 'postgresql' of statefulset 'postgresql' in 'git': checkpoint, within 2 min",
				"  because a restored server has less to recover", "all snapshots, within 10 min of the first step",
				"container 'postgresql' of statefulset 'postgresql' in 'git': checkpoint needs no undoing",
				"deployment 'gitea' in 'git': back to as many pods as it had");
	}

	@Test
	void postgresqlOnOneVolumeRunsOnAndOnSeveralIsStopped() {
		PostgresqlProfile profile = new PostgresqlProfile(DATABASE, LIMIT);

		assertThat(QuietPlan.of(profile, 1).steps()).singleElement().isInstanceOf(QuietStep.Run.class);
		assertThat(QuietPlan.of(profile, 2).steps()).singleElement()
			.isInstanceOf(QuietStep.ScaleToZero.class)
			.extracting(QuietStep::why)
			.isEqualTo("its data is on 2 volumes, whose snapshots are of different moments");
	}

	@Test
	void aWorkloadThatWasAtZeroHasNothingToGoBackTo() {
		QuietStep step = QuietPlan.of(new GiteaProfile(GITEA, null, LIMIT), 1).steps().get(0);

		assertThat(step.release(0)).isEmpty();
		assertThat(step.release(2)).hasValueSatisfying(
				release -> assertThat(release.describe()).isEqualTo("back to 2 of deployment 'gitea' in 'git'"));
	}

	@Test
	void ownStepsNameTheWorkloadsTheyNeed() {
		OwnProfile profile = new OwnProfile(List.of(new QuietStep.ScaleToZero("stop", "", GITEA, LIMIT),
				OwnProfile.freeze(DATABASE, List.of("/data"), Duration.ofSeconds(10), LIMIT)), LIMIT);

		assertThat(profile.workloads()).containsExactly(GITEA, DATABASE.workload());
	}

	@Test
	void nothingMayTakeLongerThanAnHour() {
		assertThatIllegalArgumentException().isThrownBy(() -> new QuietPlan(List.of(), Duration.ofMinutes(61)))
			.withMessage("an application may be quiet for up to an hour, not PT1H1M");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QuietStep.ScaleToZero("stop", "", GITEA, Duration.ofMinutes(61)))
			.withMessage("a step may take up to an hour, not PT1H1M");
	}

}
