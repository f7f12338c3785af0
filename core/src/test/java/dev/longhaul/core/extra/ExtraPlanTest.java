package dev.longhaul.core.extra;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ExtraDecision.Remove;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExtraPlanTest {

	private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	private static final ExtraPlan.Ends ENDS = new ExtraPlan.Ends("s3://backups@eu/", "/mnt/nas");

	private static final VolumeName DB = new VolumeName("db");

	@Test
	void whatIsMissingLongerThanTheSafetyPeriodGoes() {
		BothSides sides = sides(names("new", "newer"), names("old", "new", "newer"));
		ExtraMemory memory = seen(sides, NOW.minus(Duration.ofDays(14)));

		ExtraPlan plan = plan(sides, memory);

		assertThat(plan.decisions()).containsExactly(new Remove(of("old"), NOW.minus(Duration.ofDays(14)),
				"missing in the source since 2026-11-08T10:00:00Z"));
		assertThat(plan(sides, memory, NOW.minusSeconds(1)).decisions().get(0).reasons())
			.containsExactly("may go from 2026-11-22T10:00:00Z");
	}

	@Test
	void whatNoRunHasMissedStays() {
		BothSides sides = sides(names("new"), names("old", "new"));

		assertThat(onlyReasons(plan(sides, ExtraMemory.none("s"))))
			.containsExactly("no run of the mirror has missed it yet");
	}

	@Test
	void aVolumeThatVanishedFromTheSourceStaysWhole() {
		for (Map<VolumeName, Set<BackupName>> source : List
			.<Map<VolumeName, Set<BackupName>>>of(Map.of(new VolumeName("other"), names("b")), Map.of(DB, Set.of()))) {
			BothSides before = sides(names("new", "newer"), names("old", "new", "newer"));
			BothSides lost = new BothSides(source, before.destination());
			ExtraMemory memory = seen(before, NOW.minus(Duration.ofDays(100)));

			assertThat(plan(lost, memory).removals()).isEmpty();
			assertThat(plan(lost, memory).decisions().get(0).reasons())
				.contains("the source has no backup of the volume any more; it may have lost them");
			assertThat(memory.after(lost, NOW).since()).as("and is forgotten").isEmpty();
		}
	}

	@Test
	void aMirrorThatHasNothingOfWhatTheSourceHasIsLeftAlone() {
		BothSides sides = sides(names("new", "newer"), names("old"));

		assertThat(onlyReasons(plan(sides, seen(sides, NOW.minus(Duration.ofDays(30))))))
			.containsExactly("the mirror has none of the backups that the source has of the volume");
	}

	@Test
	void whatIsKeptForItsRestorePointStays() {
		BothSides sides = sides(names("new"), names("old", "new"));
		ExtraMemory memory = seen(sides, NOW.minus(Duration.ofDays(30)));

		ExtraPlan plan = ExtraPlan.of(ENDS, sides, memory, Map.of(of("old"), "pinned: before the upgrade"),
				SafetyPeriod.USUAL, NOW);

		assertThat(onlyReasons(plan)).containsExactly("pinned: before the upgrade");
	}

	@Test
	void aSuddenLossWaitsThreeTimesAsLong() {
		BothSides sides = sides(names("new"), names("a", "b", "new"));
		ExtraMemory memory = seen(sides, NOW.minus(Duration.ofDays(41)));

		assertThat(plan(sides, memory).removals()).isEmpty();
		assertThat(plan(sides, memory).decisions().get(0).reasons()).containsExactly(
				"more of the volume went missing at once than the source has now; may go from 2026-11-23T10:00:00Z");
		assertThat(plan(sides, memory, NOW.plus(Duration.ofDays(1))).removals()).hasSize(2);
	}

	@Test
	void whatWentOneByOneIsNoSuddenLoss() {
		BothSides first = sides(names("b", "new"), names("a", "b", "new"));
		BothSides then = sides(names("new"), names("a", "b", "new"));
		ExtraMemory memory = seen(first, NOW.minus(Duration.ofDays(20))).after(then, NOW.minus(Duration.ofDays(19)));

		assertThat(plan(then, memory).removals()).hasSize(2);
	}

	@Test
	void whatComesBackIsForgotten() {
		BothSides gone = sides(names("new"), names("old", "new"));
		BothSides back = sides(names("old", "new"), names("old", "new"));

		ExtraMemory memory = seen(gone, NOW.minus(Duration.ofDays(30))).after(back, NOW.minus(Duration.ofDays(2)))
			.after(gone, NOW.minus(Duration.ofDays(1)));

		assertThat(memory.since()).containsExactly(Map.entry(of("old"), NOW.minus(Duration.ofDays(1))));
	}

	@Test
	void onlyThePlanThatWasLookedAtIsApproved() {
		BothSides sides = sides(names("new"), names("old", "new"));
		ExtraMemory memory = seen(sides, NOW.minus(Duration.ofDays(30)));
		ExtraPlan plan = plan(sides, memory);

		assertThat(plan.approve(plan.hash()).plan()).isSameAs(plan);
		assertThat(plan(sides, memory, NOW.plusSeconds(60)).hash()).isEqualTo(plan.hash());
		List<ExtraPlan> others = List.of(plan(sides, memory.begun(DB)), plan(sides, seen(sides, NOW)),
				plan(sides(names("new"), names("old", "older", "new")), memory),
				ExtraPlan.of(ENDS, sides, memory, Map.of(), new SafetyPeriod(Duration.ofDays(15)), NOW), ExtraPlan
					.of(new ExtraPlan.Ends("another", "/mnt/nas"), sides, memory, Map.of(), SafetyPeriod.USUAL, NOW));
		for (ExtraPlan other : others) {
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> other.approve(plan.hash()))
				.satisfies(refused -> assertThat(refused.code()).isEqualTo(FailureCode.PLAN_CHANGED));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0d", "14", "-1d", "1h", "99999d", "d", "1.5d" })
	void isNoSafetyPeriod(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> SafetyPeriod.parse(text))
			.withMessage("'%s' is no safety period: write a number of days from 1, as in 14d".formatted(text));
	}

	/**
	 * Over years of nights with losses and returns: what goes was missing that long in
	 * every run, something of the source always stays beside it, and no volume is left
	 * without a backup.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void neverLetsGoWhatWasThereAShortTimeAgo(long seed) {
		Random random = new Random(seed);
		List<VolumeName> volumes = Stream.of("db", "web", "mail").map(VolumeName::new).toList();
		Map<VolumeName, Set<BackupName>> source = new HashMap<>();
		Map<VolumeName, Set<BackupName>> destination = new HashMap<>();
		Map<StoredBackup, Instant> lastThere = new HashMap<>();
		ExtraMemory memory = ExtraMemory.none("s");
		int removed = 0;
		for (int night = 0; night < 400; night++) {
			Instant now = NOW.plus(Duration.ofDays(night));
			for (VolumeName volume : volumes) {
				change(source.computeIfAbsent(volume, name -> new TreeSet<>()), night, random);
				destination.computeIfAbsent(volume, name -> new TreeSet<>()).addAll(source.get(volume));
				source.get(volume).forEach(backup -> lastThere.put(new StoredBackup(volume, backup), now));
			}
			BothSides sides = new BothSides(copy(source), copy(destination));
			memory = memory.after(sides, now);
			for (Remove remove : plan(sides, memory, now).removals()) {
				StoredBackup backup = remove.backup();
				assertThat(source.get(backup.volume())).isNotEmpty().doesNotContain(backup.backup());
				assertThat(Duration.between(lastThere.get(backup), now)).isGreaterThanOrEqualTo(Duration.ofDays(14));
				destination.get(backup.volume()).remove(backup.backup());
				removed++;
			}
			volumes.forEach(volume -> assertThat(destination.get(volume)).containsAll(source.get(volume)));
		}
		assertThat(removed).isGreaterThan(100);
	}

	private static void change(Set<BackupName> backups, int night, Random random) {
		backups.add(new BackupName("backup-%03d".formatted(night)));
		if (random.nextInt(40) == 0) {
			backups.clear();
		}
		if (random.nextInt(20) == 0) {
			backups.add(new BackupName("backup-%03d".formatted(random.nextInt(night + 1))));
		}
		while (backups.size() > 7) {
			backups.remove(new ArrayList<>(backups).get(random.nextInt(3)));
		}
	}

	private static Map<VolumeName, Set<BackupName>> copy(Map<VolumeName, Set<BackupName>> sides) {
		return sides.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, side -> Set.copyOf(side.getValue())));
	}

	private static ExtraMemory seen(BothSides sides, Instant at) {
		return ExtraMemory.none("s").after(sides, at);
	}

	private static ExtraPlan plan(BothSides sides, ExtraMemory memory) {
		return plan(sides, memory, NOW);
	}

	private static ExtraPlan plan(BothSides sides, ExtraMemory memory, Instant now) {
		return ExtraPlan.of(ENDS, sides, memory, Map.of(), SafetyPeriod.USUAL, now);
	}

	private static List<String> onlyReasons(ExtraPlan plan) {
		assertThat(plan.removals()).isEmpty();
		assertThat(plan.decisions()).hasSize(1);
		return plan.decisions().get(0).reasons();
	}

	private static BothSides sides(Set<BackupName> source, Set<BackupName> destination) {
		return new BothSides(Map.of(DB, source), Map.of(DB, destination));
	}

	private static Set<BackupName> names(String... names) {
		return Stream.of(names).map(ExtraPlanTest::name).collect(Collectors.toCollection(HashSet::new));
	}

	private static StoredBackup of(String backup) {
		return new StoredBackup(DB, name(backup));
	}

	private static BackupName name(String name) {
		return new BackupName("backup-" + name);
	}

}
