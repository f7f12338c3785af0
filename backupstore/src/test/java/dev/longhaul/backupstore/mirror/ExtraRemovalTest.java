package dev.longhaul.backupstore.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.backupstore.verify.Backupstore;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.backupstore.write.LockPace;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ApprovedExtra;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.extra.SafetyPeriod;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.time.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExtraRemovalTest extends MirrorScene {

	private static final BackupName ONE = new BackupName("one");

	@Test
	void aBackupGoesWithTheBlocksNobodyElseUses() {
		givenTheSourceDeletedTheFirst();

		RemovedExtra removed = onlyOne(remove());

		assertThat(removed.left()).isNull();
		assertThat(removed.backups()).containsExactly(ONE);
		assertThat(removed.blocks().count()).isEqualTo(1);
		assertIsACopyOfTheBackups();
		assertReadersAreServed();
		assertThat(plan().decisions()).isEmpty();
		assertThat(plan().unfinished()).isEmpty();
		assertThat(locksThere()).isEmpty();
	}

	@Test
	void nothingOfItGoesBeforeTheSafetyPeriodIsOver() {
		givenTheSourceDeletedTheFirst();
		clock.add(Duration.ofDays(-2));

		assertThat(plan().removals()).isEmpty();
		assertThat(remove()).isEmpty();
		assertThat(destination.deletions).hasSize(1).allMatch(key -> key.endsWith(".lck"));
	}

	@Test
	void aRunThatHasNothingToRememberWritesNothing() {
		givenTwoBackupsSharingBlocks();
		mirror();
		destination.puts.clear();

		mirror();

		assertThat(destination.puts).isEmpty();
		assertThat(contents(destination, there("longhaul/"))).isEmpty();
	}

	@Test
	void sinceWhenItIsMissingIsRememberedAndForgotten() {
		givenTwoBackupsSharingBlocks();
		mirror();
		byte[] manifest = source.content(volume.manifestKey("one"));
		source.remove(volume.manifestKey("one"));
		mirror();
		Instant first = clock.instant();
		clock.add(Duration.ofDays(3));
		mirror();
		assertThat(plan().decisions().get(0).since()).isEqualTo(first);

		source.put(volume.manifestKey("one"), manifest, NOW);
		mirror();
		source.remove(volume.manifestKey("one"));
		clock.add(Duration.ofDays(1));
		mirror();

		assertThat(plan().decisions().get(0).since()).isEqualTo(first.plus(Duration.ofDays(4)));
	}

	/** What cannot be read is none, so everything waits anew. */
	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "null", "{\"kind\":\"longhaul.dev/mirror-extra\",\"version\":2}",
			"{\"kind\":\"longhaul.dev/mirror-extra\",\"version\":1,\"source\":\"another/\",\"missing\":[],\"unfinished\":[]}",
			"{\"kind\":\"longhaul.dev/mirror-extra\",\"version\":1,\"source\":\"held/\",\"missing\":[{\"volume\":\"../..\",\"backup\":\"one\",\"since\":\"2020-01-01T00:00:00Z\"}],\"unfinished\":[]}" })
	void aMemoryThatIsNoneOfOursLetsNothingGo(String hostile) {
		givenTheSourceDeletedTheFirst();
		String key = contents(destination, there("longhaul/mirror/")).keySet().iterator().next();
		destination.putUnseen(key, hostile.getBytes(StandardCharsets.UTF_8));

		assertThat(plan().removals()).isEmpty();
		mirror();
		assertThat(plan().decisions().get(0).since()).isEqualTo(clock.instant());
	}

	@Test
	void theVolumeNamesAnotherBackupBeforeItsLastOneGoes() {
		givenTheSourceDeletedTheFirst();
		put(destination, there(volume.configKey()), config("one", "2026-11-18", 64));

		remove();

		assertThat(configThere().lastBackupName()).isEqualTo("two");
		List<String> puts = destination.dataPuts();
		assertThat(puts).contains(there(volume.configKey()));
		assertReadersAreServed();
	}

	@Test
	void whatTheSourceHasAgainWhenItsTurnComesStays() {
		ApprovedExtra approved = approved(givenTheSourceDeletedTheFirst());
		volume.putManifest("one", CompressionMethod.LZ4, 1, 2);

		assertThat(onlyOne(remove(approved, destination, 100)).left()).isEqualTo("the source has [one] again");
		assertThat(destination.find(there(volume.manifestKey("one")))).isPresent();
	}

	@Test
	void nothingGoesIfTheSourceHasLostTheOthersMeanwhile() {
		ApprovedExtra approved = approved(givenTheSourceDeletedTheFirst());
		source.remove(volume.manifestKey("two"));

		assertThat(onlyOne(remove(approved, destination, 100)).left())
			.isEqualTo("no finished backup that the source has too would remain");
		assertThat(destination.find(there(volume.manifestKey("one")))).isPresent();
	}

	@Test
	void nothingGoesIfTheOtherOnesCannotBeReadInTheMirror() {
		ApprovedExtra approved = approved(givenTheSourceDeletedTheFirst());
		put(destination, there(volume.manifestKey("two")), "{");

		assertThat(onlyOne(remove(approved, destination, 100)).left())
			.isEqualTo("no finished backup that the source has too would remain");
	}

	@Test
	void blocksStayWhileABackupBesideCannotBeReadAndGoLater() {
		givenTheSourceDeletedTheFirst();
		put(destination, there(volume.manifestKey("three")), "{");

		RemovedExtra removed = onlyOne(remove());

		assertThat(removed.backups()).containsExactly(ONE);
		assertThat(removed.blocks()).isEqualTo(Load.NONE);
		assertThat(removed.left()).isEqualTo("not every other backup is finished and can be read, so its blocks stay");
		assertThat(plan().unfinished()).containsExactly(Backupstore.VOLUME);

		destination.delete(List.of(there(volume.manifestKey("three"))));
		assertThat(onlyOne(remove()).blocks().count()).isEqualTo(1);
		assertIsACopyOfTheBackups();
	}

	@Test
	void blocksOfABackupThatComesMeanwhileStay() {
		givenTheSourceDeletedTheFirst();
		byte[] other = source.content(volume.manifestKey("two"));
		StreamingStore raced = new ForwardingStreamingStore(destination) {

			@Override
			public void delete(Collection<String> keys) {
				super.delete(keys);
				if (keys.contains(there(volume.manifestKey("one")))) {
					destination.putUnseen(there(volume.manifestKey("three")), other);
				}
			}

		};

		RemovedExtra removed = onlyOne(remove(approved(plan()), raced, 100));

		assertThat(removed.left()).isEqualTo("a backup came or went meanwhile, so its blocks stay");
		assertThat(removed.blocks()).isEqualTo(Load.NONE);
	}

	@Test
	void waitsWhileLonghornIsAtWorkThereAndSkipsTheVolumeThen() {
		givenTheSourceDeletedTheFirst();
		Instant before = clock.instant();
		whileWaiting = duration -> put(destination, there(LOCKS + "lock-00000000000000aa.lck"),
				"{\"Name\":\"lock-00000000000000aa\",\"Type\":1,\"Acquired\":true}");

		RemovedExtra removed = onlyOne(remove());

		assertThat(removed.left()).isEqualTo("it is being backed up, restored or mirrored there");
		assertThat(Duration.between(before, clock.instant())).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
		assertThat(destination.find(there(volume.manifestKey("one")))).isPresent();
	}

	@Test
	void holdsTheLockOfADeletion() {
		givenTheSourceDeletedTheFirst();
		List<String> locks = new ArrayList<>();
		destination.beforePut = key -> {
			if (key.contains("longhaul/mirror/")) {
				contents(destination, there(LOCKS)).values()
					.forEach(lock -> locks.add(new String(lock, StandardCharsets.UTF_8)));
			}
		};

		remove();

		assertThat(locks).isNotEmpty()
			.allMatch(lock -> lock.contains("\"Type\":2") && lock.contains("\"Acquired\":true"));
	}

	@Test
	void nothingIsPlannedWhileARecordIsNotBelieved() {
		givenTheSourceDeletedTheFirst();
		put(destination, there("longhaul/runs/nightly/20261122t023000z/manifest.json"), "{}");

		assertThatExceptionOfType(DamagedData.class).isThrownBy(this::plan)
			.withMessageStartingWith(
					there("longhaul/runs/nightly/20261122t023000z/manifest.json") + " in memory/copy/of/it/")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.MANIFEST_REFUSED));
	}

	/** The process dies after any number of calls; the next plan goes on. */
	@ParameterizedTest
	@EnumSource(Cut.Last.class)
	void servesReadersHoweverFarItCameAndIsGoneOnWith(Cut.Last last) {
		givenTheSourceDeletedTheFirst();
		put(destination, there(volume.configKey()), config("one", "2026-11-18", 64));
		Map<String, byte[]> before = contents(destination, "copy/");
		int cuts = 0;
		for (boolean completed = false; !completed; cuts++) {
			assertThat(cuts).isLessThan(60);
			destination.delete(contents(destination, "").keySet());
			before.forEach(destination::putUnseen);
			completed = runs(new Cut(cuts, last));

			assertReadersAreServed();
			destination.delete(locksThere().toList());
			assertThat(remove()).allSatisfy(removed -> assertThat(removed.left()).isNull());
			assertIsACopyOfTheBackups();
		}
		assertThat(cuts).isGreaterThan(15);
	}

	private boolean runs(Cut cut) {
		ApprovedExtra approved = approved(plan());
		try {
			remove(approved, cut.of(destination), 100);
			return true;
		}
		catch (TransientFailure ex) {
			assertThat(ex).hasMessage("dead");
			return false;
		}
	}

	/**
	 * However backups share blocks, what remains can be restored, and nothing else is
	 * left.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void neverRemovesABlockThatARemainingBackupNames(long seed) {
		Random random = new Random(seed);
		IntStream.rangeClosed(1, 12).forEach(block -> volume.putBlock(block, CompressionMethod.LZ4));
		Map<String, int[]> backups = new TreeMap<>();
		for (int number = 10; number < 16; number++) {
			int[] blocks = random.ints(1 + random.nextInt(6), 1, 13).toArray();
			backups.put("b" + number, blocks);
			putManifest("b" + number, "2026-11-" + number, blocks);
		}
		putConfig("b15", "2026-11-15", 64);
		mirror();
		List<String> deleted = backups.keySet().stream().filter(backup -> random.nextBoolean()).limit(3).toList();
		deleted.forEach(backup -> source.remove(volume.manifestKey(backup)));
		mirror();
		clock.add(Duration.ofDays(15));

		remove(approved(plan()), destination, 1 + random.nextInt(6));

		Set<Integer> used = new TreeSet<>();
		backups.forEach((backup, blocks) -> {
			if (!deleted.contains(backup)) {
				IntStream.of(blocks).forEach(used::add);
			}
		});
		assertReadersAreServed();
		assertThat(verify().backups()).hasSize(6 - deleted.size());
		assertThat(contents(destination, there("backupstore/")).keySet().stream().filter(key -> key.endsWith(".blk")))
			.hasSize(deleted.isEmpty() ? contentsOfAll(backups) : used.size());
	}

	private static int contentsOfAll(Map<String, int[]> backups) {
		return (int) backups.values().stream().flatMapToInt(IntStream::of).distinct().count();
	}

	/** And sixteen days ago a run missed it. */
	private ExtraPlan givenTheSourceDeletedTheFirst() {
		givenTwoBackupsSharingBlocks();
		mirror();
		source.remove(volume.manifestKey("one"));
		source.remove(volume.blockKey(3));
		mirror();
		clock.add(Duration.ofDays(15));
		ExtraPlan plan = plan();
		assertThat(plan.decisions()).hasSize(1);
		return plan;
	}

	private ExtraPlan plan() {
		return new ExtraPlanner(side(source, ""), side(destination, COPY.path()), Seal.none(), clock, pause)
			.plan(SafetyPeriod.USUAL, (application, night) -> Optional.empty());
	}

	private static ApprovedExtra approved(ExtraPlan plan) {
		return plan.approve(plan.hash());
	}

	private List<RemovedExtra> remove() {
		return remove(approved(plan()), destination, BlockIndex.USUAL_CAPACITY);
	}

	private List<RemovedExtra> remove(ApprovedExtra approved, StreamingStore from, int indexCapacity) {
		ExtraRemoval.Settings settings = new ExtraRemoval.Settings(
				new Patience(Duration.ofSeconds(10), Duration.ofMinutes(5)), LockPace.LONGHORN, indexCapacity);
		List<RemovedExtra> told = new ArrayList<>();
		List<RemovedExtra> removed = new ExtraRemoval(side(source, ""), side(from, COPY.path()), settings, clock, pause)
			.run(approved, told::add);
		assertThat(told).isEqualTo(removed);
		return removed;
	}

	private static RemovedExtra onlyOne(List<RemovedExtra> removed) {
		assertThat(removed).hasSize(1);
		return removed.get(0);
	}

	private static Side side(StreamingStore store, String path) {
		return new Side(store, new BackupstoreLayout(path));
	}

	private void assertIsACopyOfTheBackups() {
		Map<String, byte[]> copy = new TreeMap<>();
		contents(source, "backupstore/").forEach((key, content) -> copy.put(there(key), content));
		assertThat(contents(destination, there("backupstore/"))).containsExactlyInAnyOrderEntriesOf(copy);
	}

}
