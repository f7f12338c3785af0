package dev.longhaul.backupstore.hidden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.hidden.HiddenVolume.Rescue;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.testing.VersionedMemory;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HiddenVersionsTest {

	private static final Duration WEEK = Duration.ofDays(7);

	private final HiddenScene scene = new HiddenScene(clock -> new VersionedMemory(clock, 5));

	private final VersionedMemory memory = (VersionedMemory) scene.store;

	@Test
	void whatALongGoneBackupLeftGoesAndOnlyThat() {
		scene.backup("one", 1, 2, 3);
		scene.backup("two", 1, 2, 4);
		scene.delete("one");
		scene.letPass(WEEK.plusDays(1));
		Map<String, String> present = scene.present();

		HiddenPlan plan = scene.plan(WEEK);
		List<HiddenRemoval> removals = scene.carryOut(plan);

		assertThat(counts(plan)).containsEntry(HiddenReason.UNUSED_BLOCK, 1L)
			.containsEntry(HiddenReason.DELETED_BACKUP, 2L)
			.containsKeys(HiddenReason.REPLACED, HiddenReason.LOCK, HiddenReason.MARK)
			.doesNotContainKeys(HiddenReason.RECENT, HiddenReason.NEEDED);
		assertThat(removals).singleElement().matches(HiddenRemoval::isComplete);
		assertThat(removals.get(0).removed()).isEqualTo(plan.goes());
		assertThat(scene.present()).isEqualTo(present);
		assertThat(scene.proven()).containsExactly("two");
		assertThat(scene.versions()).allMatch(ObjectVersion::current).noneMatch(ObjectVersion::isMark);
		assertThat(scene.plan(WEEK).goes().count()).isZero();
	}

	@Test
	void whatWasHiddenNotLongAgoIsTheWayBack() {
		scene.backup("one", 1, 2);
		scene.delete("one");
		scene.letPass(WEEK.minusDays(1));
		List<ObjectVersion> versions = scene.versions();

		HiddenPlan plan = scene.plan(WEEK);
		scene.carryOut(plan);

		assertThat(counts(plan)).containsOnlyKeys(HiddenReason.RECENT);
		assertThat(scene.versions()).isEqualTo(versions);
	}

	@Test
	void aNeededBlockThatIsHiddenIsDamageAndStaysHoweverOldItIs() {
		scene.backup("one", 1, 2);
		scene.backup("two", 2, 3);
		scene.letPass(Duration.ofHours(1));
		memory.delete(List.of(scene.block(2)));
		scene.letPass(WEEK.multipliedBy(10));

		HiddenPlan plan = scene.plan(WEEK);
		scene.carryOut(plan);

		Rescue rescue = scene.plan(WEEK).volumes().get(0).rescues().get(0);
		assertThat(plan.showsDamage()).isTrue();
		assertThat(rescue.version().key()).isEqualTo(scene.block(2));
		assertThat(rescue.neededBy()).containsExactly(new BackupName("one"), new BackupName("two"));
		assertThat(rescue.hiddenAt()).isEqualTo(scene.clock.instant().minus(WEEK.multipliedBy(10)));
		assertThat(scene.proven()).isEmpty();
		memory.deleteVersions(List.of(rescue.mark()));
		assertThat(scene.proven()).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void aVolumesConfigThatIsNeededIsKeptToo() {
		scene.backup("one", 1);
		memory.delete(List.of(scene.layout.volumeConfig(HiddenScene.VOLUME)));
		scene.letPass(WEEK.plusDays(1));

		HiddenPlan plan = scene.plan(WEEK);

		assertThat(plan.volumes().get(0).rescues()).singleElement()
			.satisfies(rescue -> assertThat(rescue.neededBy()).containsExactly(new BackupName("one")));
	}

	@Test
	void nothingThatAnUnreadableBackupMayNeedGoes() {
		scene.backup("one", 1, 2);
		scene.backup("two", 3);
		memory.put(scene.manifest("one"), "{ nonsense".getBytes(StandardCharsets.UTF_8));
		memory.delete(List.of(scene.block(1)));
		scene.letPass(WEEK.plusDays(1));

		HiddenPlan plan = scene.plan(WEEK);

		assertThat(counts(plan)).containsEntry(HiddenReason.UNREADABLE, 4L)
			.doesNotContainKeys(HiddenReason.UNUSED_BLOCK, HiddenReason.DELETED_BACKUP);
	}

	@Test
	void anOlderBlockThatDiffersFromThePresentOneStaysAndAnEqualOneGoes() {
		scene.backup("one", 1, 2);
		byte[] good = content(scene.block(2));
		memory.put(scene.block(1), new byte[] { 1, 2, 3 });
		memory.put(scene.block(2), good);
		scene.letPass(WEEK.plusDays(1));

		HiddenPlan plan = scene.plan(WEEK);

		assertThat(counts(plan)).containsEntry(HiddenReason.OTHER_BYTES, 1L).containsEntry(HiddenReason.COPY, 1L);
	}

	@Test
	void whatHasNoIdOfItsOwnStays() {
		memory.putWithoutId(scene.block(9), new byte[] { 1 });
		memory.delete(List.of(scene.block(9)));
		scene.letPass(WEEK.plusDays(1));

		assertThat(counts(scene.plan(WEEK))).containsOnlyKeys(HiddenReason.WITHOUT_ID);
	}

	@Test
	void aKeyThatNoLonghornWritesIsNotTouched() {
		List<String> strange = List.of("home/longhaul/runs/x.json", "home/backupstore/volumes/aa/bb/no-such/volume.cfg",
				scene.layout.blocksPrefix(HiddenScene.VOLUME) + "notes.txt", scene.block(1) + ".bak", "elsewhere");
		scene.backup("one", 1);
		scene.delete("one");
		strange.forEach(key -> memory.put(key, new byte[] { 1 }));
		strange.forEach(key -> memory.put(key, new byte[] { 2 }));
		memory.delete(strange);
		scene.letPass(WEEK.plusDays(1));

		scene.carryOut(scene.plan(WEEK));

		strange.forEach(key -> assertThat(memory.versionsOf(key)).as(key).hasSize(3));
	}

	@Test
	void ofADeletedVolumeNothingIsLeft() {
		scene.backup("one", 1, 2, 3);
		scene.deleteVolume();
		scene.letPass(WEEK.plusDays(1));

		HiddenPlan plan = scene.plan(WEEK);
		scene.carryOut(plan);

		assertThat(counts(plan)).containsEntry(HiddenReason.UNUSED_BLOCK, 3L)
			.containsEntry(HiddenReason.DELETED_VOLUME, 2L);
		assertThat(scene.versions()).isEmpty();
	}

	@Test
	void aVersionThatIsLockedIsReportedAndItsMarkGoesOnHidingIt() {
		scene.backup("one", 1, 2);
		scene.delete("one");
		ObjectVersion locked = memory.versionsOf(scene.block(1)).get(1);
		memory.lock(locked.id(), "403 AccessDenied: locked until 2027");
		scene.letPass(WEEK.plusDays(1));

		List<HiddenRemoval> removals = scene.carryOut(scene.plan(WEEK));

		assertThat(removals).singleElement().satisfies(removal -> {
			assertThat(removal.isComplete()).isFalse();
			assertThat(removal.refused()).isEqualTo(2);
			assertThat(removal.refusals().get(0).id()).isEqualTo(locked.id());
			assertThat(removal.refusals().get(0).reason()).isEqualTo("403 AccessDenied: locked until 2027");
			assertThat(removal.refusals().get(1).reason()).isEqualTo("something under it is still there");
		});
		assertThat(memory.find(scene.block(1))).isEmpty();
		assertThat(scene.versions().stream().filter(version -> version.isMark() || !version.current()))
			.extracting(ObjectVersion::key)
			.containsExactly(scene.block(1), scene.block(1));
	}

	@Test
	void aStoreThatRefusesAllOfACallIsNotAskedForMoreOfThatVolume() {
		VersionedMemory large = new VersionedMemory(scene.clock, 1000);
		HiddenScene locks = new HiddenScene(clock -> large);
		String lock = locks.layout.lock(HiddenScene.VOLUME, "lock-0123456789abcdef");
		for (int i = 0; i < 2_500; i++) {
			large.put(lock, new byte[] { 1 });
		}
		large.versionsOf(lock).forEach(version -> large.lock(version.id(), "403 AccessDenied: held"));
		locks.letPass(Duration.ofDays(30));

		List<HiddenRemoval> removals = locks.carryOut(locks.plan(WEEK));

		assertThat(removals).singleElement().satisfies(removal -> {
			assertThat(removal.left()).isEqualTo("the store refused all of a call, so no more was tried");
			assertThat(removal.planned().count()).isEqualTo(2_499);
			assertThat(removal.refused()).isEqualTo(1_000);
			assertThat(removal.refusals()).hasSize(20);
		});
	}

	@Test
	void aPlanThatIsNotTheApprovedOneIsRefused() {
		scene.backup("one", 1);
		scene.backup("two", 2);
		scene.delete("one");
		scene.letPass(WEEK.plusDays(1));
		HiddenPlan looked = scene.plan(WEEK);
		scene.backup("three", 3);

		HiddenPlan now = scene.plan(WEEK);

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> now.approve(looked.hash()))
			.withMessage("the plan for hidden versions on %s is %s, and '%s' was approved", HiddenScene.TARGET,
					now.hash(), looked.hash())
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.PLAN_CHANGED));
	}

	@Test
	void aVolumeWhoseBackupsChangeBetweenPlanAndRemovalIsLeftAlone() {
		scene.backup("one", 1);
		scene.backup("two", 2);
		scene.delete("one");
		scene.letPass(WEEK.plusDays(1));
		HiddenPlan plan = scene.plan(WEEK);
		scene.backup("three", 3);
		List<ObjectVersion> versions = scene.versions();

		List<HiddenRemoval> removals = scene.carryOut(plan);

		assertThat(removals).singleElement()
			.satisfies(removal -> assertThat(removal.left())
				.isEqualTo("backups of it came, went or changed since the plan was made"));
		assertThat(scene.versions()).isEqualTo(versions);
	}

	@Test
	void aVolumeOfMoreBlocksThanAnIndexTakesIsJudgedTheSame() {
		scene.backup("one", IntStream.range(0, 40).toArray());
		scene.backup("two", IntStream.range(0, 20).toArray());
		scene.delete("one");
		memory.delete(List.of(scene.block(7)));
		scene.letPass(WEEK.plusDays(1));
		HiddenPlan whole = scene.plan(WEEK);

		HiddenPlan sliced = scene.hiddenInSlices(6).plan(HiddenScene.TARGET, whole.hiddenBefore());

		assertThat(sliced.volumes().get(0).loads()).isEqualTo(whole.volumes().get(0).loads());
		assertThat(sliced.volumes().get(0).rescues()).isEqualTo(whole.volumes().get(0).rescues());
		assertThat(sliced.volumes().get(0).needs()).isEqualTo(whole.volumes().get(0).needs());
		assertThat(counts(whole)).containsEntry(HiddenReason.UNUSED_BLOCK, 20L).containsEntry(HiddenReason.NEEDED, 2L);
	}

	private static Map<HiddenReason, Long> counts(HiddenPlan plan) {
		assertThat(plan.volumes()).hasSize(1);
		Map<HiddenReason, Long> counts = new EnumMap<>(HiddenReason.class);
		plan.volumes().get(0).loads().forEach((reason, load) -> counts.put(reason, load.count()));
		return counts;
	}

	private byte[] content(String key) {
		try (var object = memory.open(key).orElseThrow()) {
			return object.content().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
