package dev.longhaul.batch.quiet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.longhaul.batch.backup.VirtualTime;
import dev.longhaul.batch.quiet.Patient.Killed;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.profile.QuietPlan;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.profile.QuietStep.Hold;
import dev.longhaul.core.profile.QuietStep.Run;
import dev.longhaul.core.profile.QuietStep.ScaleToZero;
import dev.longhaul.core.profile.Release;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The window by a clock that only calls and pauses move, on an application that checks at
 * every change that what undoes it was recorded before.
 */
class QuietWindowsTest {

	private static final ApplicationName CLOUD = new ApplicationName("cloud");

	private static final Workload WORKLOAD = new Workload(Workload.Kind.DEPLOYMENT, "cloud", "cloud");

	private static final Place PLACE = new Place(WORKLOAD, null);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final QuietStep MAINTENANCE = new Run("maintenance mode", "", PLACE, List.of("on"), List.of("off"),
			List.of("check"), TIMEOUT);

	private static final QuietStep LOCK = new Hold("lock", "", PLACE, List.of("lock"), List.of(), TIMEOUT);

	private static final QuietStep ZERO = new ScaleToZero("scale to zero", "", WORKLOAD, TIMEOUT);

	private static final QuietPlan EVERYTHING = new QuietPlan(List.of(MAINTENANCE, LOCK, ZERO), Duration.ofMinutes(2));

	private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T02:30:00Z"));

	private final Patient cloud = new Patient(time);

	private final StopSignal stop = new StopSignal();

	private final List<String> warnings = new ArrayList<>();

	private QuietWindows windows = windows("home");

	@Test
	void recordsWhatItWillUndoThenMakesQuietAndUndoesItInReverse() {
		Quieted<String> quieted = quietly(EVERYTHING, () -> {
			assertThat(cloud.maintenance && cloud.locked && cloud.pods == 0).isTrue();
			return "snapshots";
		});

		assertThat(quieted.result()).isEqualTo("snapshots");
		assertThat(cloud.calls).containsExactly("create", "check", "look at pods", "replace", "on", "hold",
				"scale to 0", "look at pods", "work", "check", "look at pods", "let go", "look at pods", "scale to 3",
				"off", "delete");
		assertThat(cloud.isQuiet()).isFalse();
		assertThat(cloud.records).isEmpty();
		assertThat(warnings).isEmpty();
	}

	@Test
	void measuresFromTheFirstStepUntilTheLastIsUndone() {
		Quieted<String> quieted = quietly(plan(MAINTENANCE), () -> "done");

		// on, work, check, off, delete
		QuietWindow window = Objects.requireNonNull(quieted.window());
		assertThat(window.lasted()).isEqualTo(Patient.CALL.multipliedBy(5));
		assertThat(window.since().plus(window.lasted())).isEqualTo(time.instant());
	}

	@Test
	void withoutAProfileNothingIsAskedOfTheCluster() {
		Quieted<String> quieted = windows.during(CLOUD, "nightly", QuietPlan.NOTHING, limit -> "done", warnings::add);

		assertThat(quieted).isEqualTo(new Quieted<>("done", null));
		assertThat(cloud.calls).isEmpty();
	}

	@Test
	void whatWasQuietBeforeStaysSo() {
		cloud.maintenance = true;
		cloud.pods = 0;

		quietly(plan(MAINTENANCE, ZERO), () -> "done");

		assertThat(cloud.calls).doesNotContain("on", "off", "scale to 0", "scale to 3");
		assertThat(cloud.maintenance).isTrue();
		assertThat(cloud.pods).isZero();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void releasesWhenTheWorkFails() {
		RefusedRequest failure = new RefusedRequest(FailureCode.SNAPSHOT_FAILED, "no snapshot", "");

		assertThatThrownBy(() -> quietly(EVERYTHING, () -> {
			throw failure;
		})).isSameAs(failure);

		assertThat(cloud.isQuiet()).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void theWindowOfARunIsNoLeftoverToOthersAndEndsWhenTheRunIsToldToStop() {
		StopSignal run = stop.part();

		assertThatThrownBy(() -> windows.heeding(run, time).during(CLOUD, "nightly", plan(MAINTENANCE), left -> {
			windows.releaseLeftovers(warnings::add);
			assertThat(cloud.maintenance).isTrue();
			run.stop();
			return "snapshots";
		}, warnings::add)).isInstanceOf(Interruption.class);

		assertThat(stop.isStopped()).isFalse();
		assertThat(cloud.isQuiet()).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void releasesWhenToldToStopAndKeepsTheInterruptForOthers() {
		assertThatThrownBy(() -> quietly(EVERYTHING, () -> {
			stop.stop();
			throw Interruption.of(new InterruptedException(), "waiting for snapshots");
		})).isInstanceOf(Interruption.class);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(cloud.isQuiet()).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	/**
	 * At each call of a window and of the release after it, before its effect and after.
	 */
	@Test
	void whereverAProcessDiesTheNextStartReleases() {
		int diedWhileQuiet = 0;
		for (int call = 1; call <= 16; call++) {
			for (boolean beforeTheEffect : new boolean[] { true, false }) {
				cloud.dieAt(call, beforeTheEffect);
				assertThatThrownBy(() -> quietly(EVERYTHING, () -> "done")).isInstanceOf(Killed.class);
				cloud.live();
				diedWhileQuiet += cloud.isQuiet() ? 1 : 0;

				Optional<Instant> again = windows("home").releaseLeftovers(warnings::add);

				assertThat(again).isEmpty();
				assertThat(cloud.isQuiet()).as("killed at call %d: %s", call, cloud.calls).isFalse();
				assertThat(cloud.records).isEmpty();
				cloud.calls.clear();
			}
		}
		assertThat(diedWhileQuiet).isGreaterThan(10);
	}

	@Test
	void aStartThatDiesWhileItReleasesIsFollowedByOneThatReleases() {
		cloud.dieAt(9, false);
		assertThatThrownBy(() -> quietly(EVERYTHING, () -> "done")).isInstanceOf(Killed.class);
		for (int call = 1; call <= 4; call++) {
			cloud.dieAt(call, call % 2 == 0);
			assertThatThrownBy(() -> windows("home").releaseLeftovers(warnings::add)).isInstanceOf(Killed.class);
		}
		cloud.live();

		windows("home").releaseLeftovers(warnings::add);

		assertThat(cloud.isQuiet()).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void aWindowOfAnotherInstallationIsLeftAloneUntilItsTimeIsOver() {
		cloud.maintenance = true;
		QuietRecord other = put("elsewhere", Duration.ofMinutes(10));

		assertThat(windows.releaseLeftovers(warnings::add)).contains(other.until());
		assertThat(cloud.maintenance).isTrue();
		assertThat(warnings).singleElement()
			.isEqualTo("application 'cloud' is kept quiet by another Longhaul, for nightly, until " + other.until()
					+ " at the latest");

		time.of(Duration.ofMinutes(10));
		assertThat(windows.releaseLeftovers(warnings::add)).isEmpty();
		assertThat(cloud.maintenance).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void aSecondWindowBeginsWhenTheFirstIsOver() {
		cloud.maintenance = true;
		QuietRecord other = put("elsewhere", Duration.ofMinutes(10));

		quietly(plan(MAINTENANCE), () -> {
			assertThat(time.instant()).isAfter(other.until());
			return "done";
		});

		assertThat(cloud.calls).containsSubsequence("create", "find", "off", "delete", "create", "check", "replace",
				"on", "work", "check", "off", "delete");
		assertThat(cloud.maintenance).isFalse();
	}

	@Test
	void lookingForWhatIsLeftEndsWhenTheProgramIsToldToStop() {
		failing("all", 100, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no answer", "wait"));
		QuietWindows told = new QuietWindows(cloud, cloud, "home", stop, new Waits(time, duration -> {
			throw new InterruptedException();
		}, time, Duration.ofMinutes(1)));

		assertThatThrownBy(() -> told.releaseLeftovers(warnings::add)).isInstanceOf(Interruption.class);
	}

	@Test
	void anOwnWindowThatIsStillOpenIsNotTakenForALeftOne() {
		quietly(plan(MAINTENANCE), () -> {
			assertThat(windows.releaseLeftovers(warnings::add)).isPresent();
			assertThat(cloud.maintenance).isTrue();
			return "done";
		});

		assertThat(warnings).isEmpty();
	}

	@Test
	void aRecordThatNeverEndsIsNotWaitedFor() {
		put("elsewhere", Duration.ofDays(365));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(MAINTENANCE), () -> "done"))
			.withMessage("application 'cloud' is to be quiet until 2027-11-22T02:30:00Z, says a record of nightly");
		assertThat(cloud.calls).doesNotContain("on", "off");
	}

	@Test
	void aReleaseThatFailsIsTriedAgainAndAgain() {
		failing("off", 5, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no ready pod", ""));

		quietly(plan(MAINTENANCE), () -> "done");

		assertThat(cloud.calls.stream().filter("off"::equals)).hasSize(6);
		assertThat(cloud.maintenance).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void aReleaseThatGoesOnFailingIsLoudAndStaysRecorded() {
		failing("off", 1000, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no ready pod", ""));
		Instant begin = time.instant();

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(ZERO, MAINTENANCE), () -> "done"))
			.withMessage("application 'cloud', quiet since 2026-11-22T02:30:00Z, could not be released: "
					+ "maintenance mode of deployment 'cloud' in 'cloud': no ready pod")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_RELEASED));
		assertThat(Duration.between(begin, time.instant())).isLessThan(Duration.ofMinutes(3));
		assertThat(cloud.pods).as("the rest was released").isEqualTo(3);
		assertThat(cloud.records).hasSize(1);

		cloud.failures.clear();
		windows("home").releaseLeftovers(warnings::add);
		assertThat(cloud.maintenance).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void whoCannotReleaseSaysSoBesideWhatWentWrongFirst() {
		failing("off", 1000, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no ready pod", ""));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(MAINTENANCE), () -> {
			throw new RefusedRequest(FailureCode.SNAPSHOT_FAILED, "no snapshot", "");
		})).withMessage("no snapshot").satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
		assertThat(warnings).singleElement().asString().contains("could not be released");
	}

	@Test
	void aStepWhoseOutcomeIsUnknownIsUndone() {
		failing("on", 1, () -> new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE, "the connection broke", ""));

		assertThatThrownBy(() -> quietly(plan(MAINTENANCE), () -> "done")).isInstanceOf(OutcomeUnknown.class);

		assertThat(cloud.calls).containsSubsequence("on", "off", "delete");
	}

	@Test
	void aStepThatCouldNotBeSentIsSentAgain() {
		failing("on", 3, () -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, "no ready pod", ""));

		quietly(plan(MAINTENANCE), () -> "done");

		assertThat(cloud.calls.stream().filter("on"::equals)).hasSize(4);
	}

	@Test
	void aStepThatFailsEndsTheWindow() {
		cloud.exits("prepare", 7);

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> quietly(plan(MAINTENANCE, run("prepare")), () -> "done"))
			.withMessage("prepare: the command in deployment 'cloud' in 'cloud' ended with 7");
		assertThat(cloud.maintenance).isFalse();
		assertThat(cloud.calls).doesNotContain("work");
	}

	@Test
	void theWindowIsOverWhenItsLimitIs() {
		QuietStep slow = run("slow");
		QuietPlan plan = new QuietPlan(List.of(MAINTENANCE, slow, slow, slow, slow), Duration.ofSeconds(5));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan, () -> "done"))
			.withMessage("the window of 5 s was over before slow of deployment 'cloud' in 'cloud'")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_QUIET));
		assertThat(cloud.maintenance).isFalse();
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void theWorkIsToldWhatIsLeftOfTheLimit() {
		QuietPlan plan = new QuietPlan(List.of(MAINTENANCE), Duration.ofSeconds(60));

		Quieted<Duration> quieted = windows.during(CLOUD, "nightly", plan, left -> left, warnings::add);

		// check, replace and on have taken a second each
		assertThat(quieted.result()).isEqualTo(Duration.ofSeconds(57));
	}

	@Test
	void snapshotsOfAnApplicationThatDidNotStayQuietAreWorthNothing() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(MAINTENANCE), () -> {
			cloud.maintenance = false;
			return "done";
		}))
			.withMessage("maintenance mode of deployment 'cloud' in 'cloud': it did not last until the snapshots were "
					+ "ready: somebody else has undone it");
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(ZERO), () -> {
			cloud.pods = 2;
			return "done";
		})).withMessageContaining("it has 2 pods again; an Argo CD that heals itself does that");
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> quietly(plan(LOCK), () -> {
			cloud.locked = false;
			return "done";
		})).withMessageContaining("did not hold until the snapshots were ready");
		assertThat(cloud.pods).as("what somebody else decided").isEqualTo(2);
		assertThat(cloud.records).isEmpty();
	}

	@Test
	void recordsThatCannotBeReadAreNamed() {
		cloud.unreadable.add("longhorn-system/longhaul-quiet-x");

		assertThat(windows.releaseLeftovers(warnings::add)).isEmpty();

		assertThat(warnings).containsExactly("the record of a quiet application cannot be read: "
				+ "longhorn-system/longhaul-quiet-x; look whether it is released, and delete it");
	}

	private <T> Quieted<T> quietly(QuietPlan plan, Supplier<T> work) {
		return windows.during(CLOUD, "nightly", plan, left -> cloud.work("work", work.get()), warnings::add);
	}

	private QuietRecord put(String holder, Duration lasting) {
		QuietRecord record = new QuietRecord(CLOUD, "nightly", holder, time.instant(), time.instant().plus(lasting),
				Stream.of(MAINTENANCE).flatMap(step -> step.release(0).stream()).toList());
		assertThat(record.releases()).hasOnlyElementsOfType(Release.RunAfter.class);
		cloud.put(record);
		return record;
	}

	private void failing(String call, int times, Supplier<LonghaulException> failure) {
		cloud.failures.put(call, new ArrayList<>(Stream.generate(failure).limit(times).toList()));
	}

	private static QuietPlan plan(QuietStep... steps) {
		return new QuietPlan(List.of(steps), Duration.ofMinutes(2));
	}

	private static QuietStep run(String command) {
		return new Run(command, "", PLACE, List.of(command), List.of(), List.of(), TIMEOUT);
	}

	private QuietWindows windows(String holder) {
		return new QuietWindows(cloud, cloud, holder, stop, new Waits(time, time, time, Duration.ofMinutes(1)));
	}

}
