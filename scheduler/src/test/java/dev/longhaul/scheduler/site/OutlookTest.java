package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.repository.InForce;
import dev.longhaul.gitops.repository.Revision;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutlookTest {

	private static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ApplicationName WIKI = new ApplicationName("wiki");

	private final Outlook outlook = Outlook.of(Declared.household(), NOW);

	@Test
	void anApplicationComesNextWithTheFirstOfItsJobs() {
		assertThat(outlook.next(GITEA)).isEqualTo("2026-11-23T01:30:00Z");
		assertThat(outlook.next(WIKI)).isEqualTo("2026-11-22T09:00:00Z");
		assertThat(outlook.next(new ApplicationName("other"))).isNull();
	}

	@Test
	void whatFollowsComesWithWhatItFollows() {
		assertThat(outlook.next(new JobName("weekly"))).isEqualTo("2026-11-23T01:30:00Z");
		assertThat(outlook.next(new JobName("paused"))).isNull();
	}

	@Test
	void theGoalIsTheLongestPauseAndTimeForTheNight() {
		assertThat(outlook.goal(GITEA)).isEqualTo(Duration.ofHours(30));
		assertThat(outlook.goal(WIKI)).isEqualTo(Duration.ofMinutes(75));
		assertThat(outlook.goal(new ApplicationName("other"))).isNull();
	}

	@Test
	void holdsUntilSomethingOfItHasCome() {
		Definitions definitions = Declared.household();
		InForce inForce = new InForce(new Revision("0".repeat(40), "ada", NOW, "jobs"), definitions,
				new InForce.Standing.Newest());
		Outlooks outlooks = new Outlooks(() -> Optional.of(inForce));

		Outlook first = outlooks.at(NOW);
		assertThat(outlooks.at(NOW.plus(Duration.ofMinutes(44)))).isSameAs(first);
		Outlook second = outlooks.at(NOW.plus(Duration.ofMinutes(45)));
		assertThat(second).isNotSameAs(first);
		assertThat(second.next(WIKI)).isEqualTo("2026-11-22T10:00:00Z");
	}

	@Test
	void beforeAnythingIsDeclaredNothingComes() {
		Outlook nothing = new Outlooks(Optional::empty).at(NOW);

		assertThat(nothing.jobs()).isEmpty();
		assertThat(nothing.next(GITEA)).isNull();
	}

}
