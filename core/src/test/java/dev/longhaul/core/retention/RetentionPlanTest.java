package dev.longhaul.core.retention;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.Condition.Complete;
import dev.longhaul.core.retention.Decision.Keep;
import dev.longhaul.core.retention.Listing.InDoubt;
import dev.longhaul.core.retention.Listing.InFull;
import dev.longhaul.core.retention.Use.Activity;
import dev.longhaul.core.verdict.Proof.Proven;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class RetentionPlanTest {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final RetentionPolicy LAST_TWO = last(2);

	private static final StoredPoint TODAY = Points.proven("2026-11-22T02:30:00Z");

	private static final StoredPoint YESTERDAY = Points.proven("2026-11-21T02:30:00Z");

	private static final StoredPoint BEFORE = Points.proven("2026-11-20T02:30:00Z");

	private final RetentionPlan plan = plan(TODAY, YESTERDAY, BEFORE);

	@Test
	void removesOnlyWithTheHashThatWasLookedAt() {
		ApprovedRetention approved = plan.approve(plan(BEFORE, YESTERDAY, TODAY).hash());

		assertThat(approved.plan()).isSameAs(plan);
		assertThat(approved.removals()).extracting(Decision::point).containsExactly(BEFORE);
	}

	@Test
	void refusesTheHashOfAnotherPlan() {
		String other = plan(TODAY, YESTERDAY).hash();

		assertThatThrownBy(() -> plan.approve(other)).asInstanceOf(type(RefusedRequest.class)).satisfies(refused -> {
			assertThat(refused.code()).isEqualTo(FailureCode.PLAN_CHANGED);
			assertThat(refused.fact()).isEqualTo("the retention plan of 'nextcloud' on " + Points.TARGET + " is "
					+ plan.hash() + ", and '" + other + "' was approved");
			assertThat(refused.hint()).isEqualTo("look at the plan as it is now, and approve its hash");
		});
	}

	@Test
	void removesByStandingWordNoMoreThanThatAllows() {
		RetentionPlan two = plan(TODAY, YESTERDAY, BEFORE, Points.proven("2026-11-19T02:30:00Z"));

		assertThat(two.approve(new NightlyLimit(2)).removals()).hasSize(2);
		assertThatThrownBy(() -> two.approve(new NightlyLimit(1))).asInstanceOf(type(RefusedRequest.class))
			.satisfies(refused -> {
				assertThat(refused.code()).isEqualTo(FailureCode.TOO_MANY_REMOVALS);
				assertThat(refused.fact()).isEqualTo("the retention plan of 'nextcloud' on " + Points.TARGET
						+ " removes 2 restore points, and a night may remove 1");
				assertThat(refused.hint()).isEqualTo("if it is meant to be so, 'longhaul retention apply "
						+ Points.TARGET + " --approve " + two.hash() + "' carries it out");
			});
	}

	@Test
	void refusesAHashThatIsOnlyBegun() {
		assertThatThrownBy(() -> plan.approve(plan.hash().substring(0, 12))).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> plan.approve("")).isInstanceOf(RefusedRequest.class);
	}

	@Test
	void handsOutApprovalsInNoOtherWay() {
		assertThat(ApprovedRetention.class.getConstructors()).isEmpty();
		assertThat(RetentionPlan.class.getConstructors()).isEmpty();
	}

	@Test
	void hashesAllThatAnApprovalRestsOn() {
		assertThat(plan.canonicalText()).isEqualTo("""
				longhaul retention plan 1
				application nextcloud
				target s3://longhorn-backups@eu-central-003/
				policy last 2, UTC
				keep nightly 2026-11-22T02:30:00Z 2026-11-22T02:30:00Z proven
				keep nightly 2026-11-21T02:30:00Z 2026-11-21T02:30:00Z proven
				remove nightly 2026-11-20T02:30:00Z 2026-11-20T02:30:00Z proven
				backup pvc-1/nightly-20261120t023000z-8c7babe6154a
				""");
		assertThat(plan.hash()).isEqualTo("4ea82cefd2d7c5d683880989d2d2e4f55fb7b5123af4ee4c9bf62350a425b157");
	}

	@Test
	void whatWasExportedIsPartOfWhatIsApproved() {
		RetentionPlan exporting = plan(TODAY, YESTERDAY, Points.exporting(BEFORE, "database"));

		assertThat(exporting.canonicalText()).endsWith("""
				remove nightly 2026-11-20T02:30:00Z 2026-11-20T02:30:00Z proven
				backup pvc-1/nightly-20261120t023000z-8c7babe6154a
				export database %s
				""".formatted("0a".repeat(32)));
		assertThat(exporting.hash()).isNotEqualTo(plan.hash());
		assertThat(exporting.removals().get(0).inWords())
			.isEqualTo("older than everything the policy keeps; with it goes what was exported: database");
	}

	@Test
	void exportsOfWhatIsGoneGoOnceANewerOneIsProven() {
		StoredPoint gone = Points.gone(Points.exporting(BEFORE, "database"));
		StoredPoint unread = Points.point(TODAY.night(), TODAY.takenAt(), Points.UNREAD);

		assertThat(plan(TODAY, gone).canonicalText()).endsWith("""
				remove nightly 2026-11-20T02:30:00Z 2026-11-20T02:30:00Z gone
				export database %s
				""".formatted("0a".repeat(32)));
		assertThat(plan(TODAY, gone).removals().get(0).reasons())
			.containsExactly("its backups are gone, and only exports of it are left");
		assertThat(plan(unread, gone).removals()).isEmpty();
		assertThat(plan(TODAY, Points.pinned(gone, "mine")).removals()).isEmpty();
		assertThat(plan(Points.gone(Points.exporting(TODAY, "database")), YESTERDAY).removals()).isEmpty();
	}

	@Test
	void hasAnotherHashWhenAnythingElseWouldHappen() {
		StoredPoint unread = Points.point(YESTERDAY.night(), YESTERDAY.takenAt(), Points.UNREAD);
		Inventory elsewhere = new Inventory(Points.APPLICATION, "file:///mnt/nas", new InFull(),
				List.of(TODAY, YESTERDAY, BEFORE));

		assertThat(List.of(plan, plan(TODAY, YESTERDAY), plan(TODAY, unread, BEFORE),
				plan(TODAY, YESTERDAY, Points.pinned(BEFORE, "mine")), RetentionPlan.of(LAST_TWO, elsewhere, NOW),
				RetentionPlan.of(last(1), Points.inventory(List.of(TODAY, YESTERDAY, BEFORE)), NOW)))
			.extracting(RetentionPlan::hash)
			.doesNotHaveDuplicates();
	}

	@Test
	void hasTheSameHashLaterAndForOtherReasons() {
		StoredPoint readAgain = Points.point(TODAY.night(), TODAY.takenAt(),
				new Complete(new Proven(NOW, 43, ByteSize.ofMebibytes(86))));
		StoredPoint beingRead = Points.used(YESTERDAY, new Use(Activity.VERIFIED, "run 8"));
		RetentionPlan later = RetentionPlan.of(LAST_TWO, Points.inventory(List.of(readAgain, beingRead, BEFORE)),
				NOW.plusSeconds(3600));

		assertThat(later.hash()).isEqualTo(plan.hash());
	}

	@Test
	void saysWhyNothingIsRemovedFromATargetInDoubt() {
		Inventory inventory = new Inventory(Points.APPLICATION, Points.TARGET, new InDoubt("connection refused"),
				List.of(TODAY, YESTERDAY, BEFORE));

		RetentionPlan held = RetentionPlan.of(LAST_TWO, inventory, NOW);

		assertThat(held.heldBack()).isEqualTo("the target was not listed in full: connection refused");
		assertThat(held.removals()).isEmpty();
	}

	@Test
	void saysWhyNothingIsRemovedFromATargetNobodySaw() {
		Inventory inventory = new Inventory(Points.APPLICATION, Points.TARGET, new InDoubt("connection refused"),
				List.of());

		assertThat(RetentionPlan.of(LAST_TWO, inventory, NOW).heldBack())
			.isEqualTo("the target was not listed in full: connection refused");
	}

	@Test
	void saysWhyNothingIsRemovedAsLongAsNoneIsProven() {
		RetentionPlan held = plan(Points.point(TODAY.night(), TODAY.takenAt(), Points.UNREAD));

		assertThat(held.heldBack())
			.isEqualTo("no restore point that counts is proven, so any of them may be the only one that can be read");
	}

	@Test
	void isNotHeldBackOtherwise() {
		assertThat(plan.heldBack()).isNull();
		assertThat(plan().heldBack()).isNull();
		assertThat(plan().decisions()).isEmpty();
	}

	@Test
	void refusesARestorePointOfAnotherApplication() {
		assertThatThrownBy(
				() -> new Inventory(new ApplicationName("gitea"), Points.TARGET, new InFull(), List.of(TODAY)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("the restore point of nightly 2026-11-22T02:30:00Z is one of 'nextcloud', not of 'gitea'");
	}

	@Test
	void refusesTwoRestorePointsOfOneNight() {
		StoredPoint again = Points.point(TODAY.night(), NOW, Points.UNREAD);

		assertThatThrownBy(() -> Points.inventory(List.of(TODAY, again))).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("there are two restore points of nightly 2026-11-22T02:30:00Z");
	}

	@Test
	void refusesABackupInTwoRestorePoints() {
		StoredPoint borrowed = new StoredPoint(YESTERDAY.night(), TODAY.restorePoint(), Points.PROVEN, null, List.of());

		assertThatThrownBy(() -> Points.inventory(List.of(TODAY, borrowed)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageMatching(
					"backup 'nightly-20261122t023000z-[0-9a-f]{12}' of volume 'pvc-1' is in two restore points");
	}

	@Test
	void refusesATargetThatWouldForgeALineOfThePlan() {
		assertThatThrownBy(() -> new Inventory(Points.APPLICATION, "s3://b@eu/\nkeep", new InFull(), List.of()))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("'s3://b@eu/\\u000akeep' is not the URL of a target");
	}

	@Test
	void refusesADecisionWithoutAReason() {
		assertThatThrownBy(() -> new Keep(TODAY, List.of())).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a decision on nightly 2026-11-22T02:30:00Z needs a reason");
	}

	@Test
	void survivesTimesFromTheEndsOfTheWorld() {
		StoredPoint first = Points.point(Points.night("2026-11-19T02:30:00Z"), Instant.MIN, Points.PROVEN);
		StoredPoint last = Points.point(Points.night("2026-11-18T02:30:00Z"), Instant.MAX, Points.PROVEN);

		assertThat(plan(TODAY, YESTERDAY, first, last).removals()).isEmpty();
	}

	private static RetentionPolicy last(int count) {
		return new RetentionPolicy(Map.of(CountingRule.LAST, count), null, ZoneOffset.UTC);
	}

	private static RetentionPlan plan(StoredPoint... points) {
		return RetentionPlan.of(LAST_TWO, Points.inventory(List.of(points)), NOW);
	}

}
