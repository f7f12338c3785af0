package dev.longhaul.scheduler.notification;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.kit.KitStanding;
import dev.longhaul.core.run.JobName;
import dev.longhaul.scheduler.notification.Rules.Subject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RulesTest {

	private static final Occasion CHANGED = new Occasion.VerdictChanged(
			List.of(new VerdictChange(Told.answers("hhhhh"), Told.row("gitea", "hhhhf"))));

	private static final Occasion DIGEST = new Occasion.Digest(new Standing.Known(List.of()));

	private static final Occasion KIT = new Occasion.KitOutdated(new KitStanding.Outdated(KitId.of(new byte[] { 1 }),
			Instant.parse("2026-11-01T12:00:00Z"), new TreeSet<>(Set.of("AWS_SECRET_ACCESS_KEY"))));

	/** Every kind there is. */
	private static final List<Occasion> ALL = List.of(Told.started(Told.NIGHTLY), Told.succeeded(Told.NIGHTLY),
			Told.failed(Told.NIGHTLY), CHANGED, KIT, DIGEST, new Occasion.Test());

	@Test
	void everyKindOfOccasionIsTriedHere() {
		assertThat(ALL).extracting(Occasion::event).containsExactlyInAnyOrder(Event.values());
	}

	@Test
	void peopleHearWhatTheyAskedFor() {
		assertThat(heard(new Rules.News(Set.of(Subject.FAILURE, Subject.CHANGE)))).containsExactly(Event.RUN_FAILED,
				Event.VERDICT_CHANGED, Event.KIT_OUTDATED);
		assertThat(heard(new Rules.News(Set.of(Subject.FAILURE)))).containsExactly(Event.RUN_FAILED,
				Event.KIT_OUTDATED);
		assertThat(heard(new Rules.News(Set.of(Subject.CHANGE)))).containsExactly(Event.VERDICT_CHANGED);
		assertThat(heard(new Rules.News(Set.of()))).isEmpty();
	}

	@Test
	void aWatchHearsBeginningsAndEnds() {
		assertThat(heard(new Rules.Pulse(Set.of()))).containsExactly(Event.RUN_STARTED, Event.RUN_SUCCEEDED,
				Event.RUN_FAILED);
	}

	@Test
	void aWatchOfOneJobHearsNothingOfOthers() {
		Rules rules = new Rules.Pulse(Set.of(new JobName("mirror")));

		assertThat(heard(rules)).isEmpty();
		assertThat(rules.hears(Told.started(Told.MIRROR))).isTrue();
		assertThat(rules.hears(Told.succeeded(Told.MIRROR))).isTrue();
		assertThat(rules.hears(Told.failed(Told.MIRROR))).isTrue();
	}

	private static List<Event> heard(Rules rules) {
		return ALL.stream().filter(rules::hears).map(Occasion::event).toList();
	}

}
