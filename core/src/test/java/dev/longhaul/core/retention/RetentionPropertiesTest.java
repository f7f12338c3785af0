package dev.longhaul.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.longhaul.core.retention.Listing.InDoubt;
import dev.longhaul.core.run.Night;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every policy and every history. The seed of a history that fails stands
 * in the name of the test.
 */
class RetentionPropertiesTest {

	private static final int HISTORIES = 250;

	static Stream<RandomHistory> histories() {
		return LongStream.range(0, HISTORIES).mapToObj(RandomHistory::new);
	}

	@Test
	void comesAcrossEverythingThatMatters() {
		List<RetentionPlan> plans = histories().map(RandomHistory::plan).toList();

		assertThat(plans).filteredOn(plan -> plan.removals().size() > 3).hasSizeGreaterThan(HISTORIES / 4);
		assertThat(plans).filteredOn(plan -> plan.heldBack() != null).hasSizeGreaterThan(HISTORIES / 10);
		assertThat(plans).filteredOn(plan -> plan.decisions().isEmpty()).isNotEmpty();
		assertThat(plans).flatExtracting(RetentionPlan::removals)
			.extracting(removal -> removal.point().condition().word())
			.contains("proven", "refuted", "unread", "unfinished");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void neverLeavesNothing(RandomHistory history) {
		assertThat(history.plan().kept().isEmpty()).isEqualTo(history.points().isEmpty());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void keepsTheNewestAndTheNewestProven(RandomHistory history) {
		List<Night> kept = kept(history.plan());

		newest(history, point -> true).ifPresent(point -> assertThat(kept).contains(point.night()));
		newest(history, StoredPoint::isProven).ifPresent(point -> assertThat(kept).contains(point.night()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void removesOnlyWhatIsOlderThanTheNewestProven(RandomHistory history) {
		Instant newestProven = newest(history, StoredPoint::isProven).map(StoredPoint::takenAt).orElse(Instant.MIN);

		assertThat(history.plan().removals())
			.allSatisfy(removal -> assertThat(removal.point().takenAt()).isBeforeOrEqualTo(newestProven));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void removesNothingThatIsPinnedOrInUse(RandomHistory history) {
		assertThat(history.plan().removals()).extracting(Decision::point)
			.allMatch(point -> point.pin() == null && point.uses().isEmpty());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void removesNothingMoreFromWhatItKeeps(RandomHistory history) {
		RetentionPlan again = RetentionPlan.of(history.policy(), Points.leftBy(history.plan()), history.now());

		assertThat(again.removals()).isEmpty();
		assertThat(kept(again)).isEqualTo(kept(history.plan()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void removesNothingMoreBecauseTimePasses(RandomHistory history) {
		List<StoredPoint> past = history.points()
			.stream()
			.filter(point -> !point.takenAt().isAfter(history.now()))
			.toList();
		RetentionPlan plan = RetentionPlan.of(history.policy(), Points.inventory(past), history.now());

		for (Duration later : List.of(Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofDays(4000))) {
			Instant then = history.now().plus(later);
			assertThat(RetentionPlan.of(history.policy(), Points.inventory(past), then).hash()).isEqualTo(plan.hash());
			assertThat(RetentionPlan.of(history.policy(), Points.leftBy(plan), then).removals()).isEmpty();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void keepsWithALargerPolicyAllThatASmallerOneKeeps(RandomHistory history) {
		RetentionPlan larger = RetentionPlan.of(history.largerPolicy(), Points.inventory(history.points()),
				history.now());

		assertThat(kept(larger)).as("%s instead of %s", larger.policy(), history.policy())
			.containsAll(kept(history.plan()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void decidesTheSameInWhateverOrderThePointsCome(RandomHistory history) {
		List<StoredPoint> shuffled = new ArrayList<>(history.points());
		Collections.shuffle(shuffled, new Random(1));
		RetentionPlan other = RetentionPlan.of(history.policy(), Points.inventory(shuffled), history.now());

		assertThat(other.decisions()).isEqualTo(history.plan().decisions());
		assertThat(other.hash()).isEqualTo(history.plan().hash());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void decidesOnEachPointOnceAndSaysWhy(RandomHistory history) {
		List<Decision> decisions = history.plan().decisions();

		assertThat(decisions).extracting(Decision::point).containsExactlyInAnyOrderElementsOf(history.points());
		assertThat(decisions).allSatisfy(decision -> assertThat(decision.reasons()).isNotEmpty()
			.doesNotHaveDuplicates()
			.noneMatch(String::isBlank));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void decidesOnGoodPointsAsIfThereWereNoDamagedOrUnfinishedOnes(RandomHistory history) {
		List<StoredPoint> good = history.points()
			.stream()
			.filter(point -> point.isComplete() && !point.isRefuted())
			.toList();
		RetentionPlan without = RetentionPlan.of(history.policy(), Points.inventory(good), history.now());

		assertThat(history.plan().kept()).extracting(Decision::point)
			.filteredOn(good::contains)
			.isEqualTo(without.kept().stream().map(Decision::point).toList());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("histories")
	void removesNothingFromATargetInDoubt(RandomHistory history) {
		Inventory inventory = new Inventory(Points.APPLICATION, Points.TARGET, new InDoubt("timed out"),
				history.points());

		RetentionPlan plan = RetentionPlan.of(history.policy(), inventory, history.now());

		assertThat(plan.removals()).isEmpty();
		assertThat(plan.heldBack()).isEqualTo("the target was not listed in full: timed out");
	}

	/** Of those whose time has come. */
	private static Optional<StoredPoint> newest(RandomHistory history, Predicate<StoredPoint> which) {
		return history.points()
			.stream()
			.filter(point -> !point.takenAt().isAfter(history.now()))
			.filter(which)
			.min(StoredPoint.NEWEST_FIRST);
	}

	private static List<Night> kept(RetentionPlan plan) {
		return plan.kept().stream().map(keep -> keep.point().night()).toList();
	}

}
