package dev.longhaul.backupstore.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.backupstore.verify.BlockIndex;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MirrorTest extends MirrorScene {

	@Test
	void copiesBlocksThenManifestsThenTheConfigByteForByte() {
		givenTwoBackupsSharingBlocks();

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.count(State.COPIED)).isEqualTo(2);
		assertThat(report.copied().count()).isEqualTo(4);
		assertIsACopy();
		List<String> puts = destination.dataPuts();
		assertThat(puts.subList(0, 4)).allMatch(key -> key.endsWith(".blk"));
		assertThat(puts.subList(4, 7)).containsExactly(there(volume.manifestKey("one")),
				there(volume.manifestKey("two")), there(volume.configKey()));
	}

	@Test
	void copiesNothingThatIsThereAlready() {
		givenTwoBackupsSharingBlocks();
		mirror();
		destination.puts.clear();

		MirrorReport again = mirror();

		assertThat(destination.puts).isEmpty();
		assertThat(again.count(State.HELD)).isEqualTo(2);
		assertThat(again.destination().writes()).isZero();
		assertThat(again.plan().blocksHeld().count()).isEqualTo(4);
		assertThat(again.status()).isEqualTo(ExitStatus.PROVEN);
	}

	@Test
	void copiesWhatIsNewSinceTheLastTime() {
		givenTwoBackupsSharingBlocks();
		mirror();
		destination.puts.clear();
		volume.putBlock(5, CompressionMethod.LZ4);
		putManifest("three", "2026-11-20", 1, 5);
		putConfig("three", "2026-11-20", 64);

		MirrorReport report = mirror();

		assertThat(destination.dataPuts()).containsExactly(there(volume.blockKey(5)),
				there(volume.manifestKey("three")), there(volume.configKey()));
		assertThat(state(report, "three")).isEqualTo(State.COPIED);
		assertIsACopy();
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void copiesBlocksOfEveryCompression(CompressionMethod method) {
		volume.putBlock(1, method);
		volume.putManifest("one", method, 1);
		putConfig("", "", 64);

		assertThat(mirror().count(State.COPIED)).isEqualTo(1);
		assertThat(mirror().count(State.HELD)).isEqualTo(1);
		assertIsACopy();
	}

	@Test
	void saysWhatThereIsToDoAndDoesNoneOfIt() {
		volume.putBlock(1, CompressionMethod.NONE);
		volume.putManifest("one", CompressionMethod.NONE, 1);
		volume.putPlaceholder("running", NOW);
		putConfig("", "", 64);

		MirrorReport report = mirror(source, destination, Healing.TRUST_LISTING, 100).plan(Set.of());

		assertThat(destination.puts).isEmpty();
		VolumePlan plan = report.plan().volumes().get(0);
		assertThat(plan.blocks()).isEqualTo(Load.NONE.plus(BlockSize.MIB_2.bytes()));
		assertThat(plan.backups()).containsExactly(new BackupName("one"));
		assertThat(plan.manifests().count()).isEqualTo(1);
		assertThat(plan.config()).isEqualTo(ConfigOutcome.COPIED);
		assertThat(plan.reads()).isEqualTo(2);
		assertThat(plan.writes()).isEqualTo(5);
		assertThat(state(report, "one")).isEqualTo(State.PLANNED);
		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
	}

	@Test
	void spendsTheCallsItPlanned() {
		givenTwoBackupsSharingBlocks();
		MirrorReport plan = mirror(source, destination, Healing.TRUST_LISTING, 100).plan(Set.of());

		MirrorReport run = mirror();

		assertThat(run.destination().writes()).isEqualTo(plan.plan().writes());
		assertThat(run.source().reads()).isEqualTo(plan.source().reads() + plan.plan().reads());
		assertThat(run.source().writes()).isZero();
		assertThat(run.source().deletions()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void worksSliceBySlice(int capacity) {
		givenTwoBackupsSharingBlocks();

		MirrorReport report = mirror(Healing.TRUST_LISTING, capacity);

		assertThat(report.plan().volumes().get(0).blocks().count()).isEqualTo(4);
		assertThat(report.copied().count()).isEqualTo(4);
		assertIsACopy();
		assertThat(mirror(Healing.TRUST_LISTING, capacity).destination().writes()).isZero();
	}

	@Test
	void healsABlockThatWasCutInTheDestination() {
		givenTwoBackupsSharingBlocks();
		mirror();
		String key = there(volume.blockKey(3));
		destination.putUnseen(key, Arrays.copyOf(contents(destination, key).get(key), 100));

		assertThat(mirror().copied().count()).isEqualTo(1);
		assertIsACopy();
	}

	@Test
	void healsABlockOfTheSameSizeWhereItIsToldToReadBack() {
		givenTwoBackupsSharingBlocks();
		mirror();
		String key = there(volume.blockKey(3));
		byte[] flipped = contents(destination, key).get(key);
		flipped[flipped.length / 2] ^= 4;
		destination.putUnseen(key, flipped);

		assertThat(mirror().copied().count()).as("name and size are the same").isZero();
		MirrorReport healing = mirror(Healing.READ_BACK, 2);

		assertThat(healing.volumes().get(0).healed()).isEqualTo(1);
		assertThat(healing.copied().count()).isEqualTo(1);
		assertIsACopy();
	}

	@Test
	void replacesAManifestOfTheSameSizeThatIsAnother() {
		givenTwoBackupsSharingBlocks();
		mirror();
		String key = there(volume.manifestKey("one"));
		byte[] other = contents(destination, key).get(key);
		other[other.length - 3] ^= 1;
		destination.putUnseen(key, other);

		assertThat(state(mirror(), "one")).isEqualTo(State.COPIED);
		assertIsACopy();
	}

	@Test
	void looksIntoABlockWhoseSizeDoesNotFitItsCompression() {
		volume.putBlock(1, CompressionMethod.LZ4);
		volume.putManifest("lz4", CompressionMethod.LZ4, 1);
		putConfig("", "", 64);
		mirror();
		volume.putManifest("none", CompressionMethod.NONE, 1);

		MirrorReport report = mirror();

		assertThat(state(report, "none")).as("Longhorn could not read it").isEqualTo(State.DAMAGED);
		assertThat(state(report, "lz4")).isEqualTo(State.HELD);
	}

	@Test
	void namesWhatOnlyTheDestinationHasAndRemovesNothing() {
		givenTwoBackupsSharingBlocks();
		mirror();
		source.remove(volume.manifestKey("one"));
		source.remove(volume.blockKey(3));
		put(destination, there("backupstore/volumes/56/55/pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90/locks/"
				+ "lock-0000000000000001.lck"), "{}");
		int before = contents(destination, there("backupstore/")).size();

		MirrorReport report = mirror();

		Extra extra = report.plan().volumes().get(0).extra();
		assertThat(extra).isNotNull();
		assertThat(extra.backups()).containsExactly(new BackupName("one"));
		assertThat(extra.blocks().count()).isEqualTo(1);
		assertThat(report.plan().extraVolumes())
			.containsExactly(new VolumeName("pvc-3f1d8a52-7c64-4b0e-9a2f-1c5e8d7b6a90"));
		assertThat(contents(destination, there("backupstore/"))).hasSize(before);
		assertThat(destination.deletions).allMatch(key -> key.contains("/locks/"));
	}

	@Test
	void callsNothingSuperfluousWhereTheSourceListsNoBackup() {
		givenTwoBackupsSharingBlocks();
		mirror();
		source.remove(volume.manifestKey("one"));
		source.remove(volume.manifestKey("two"));

		MirrorReport report = mirror();

		assertThat(report.plan().volumes().get(0).extra()).isNull();
		assertThat(contents(destination, there(volume.manifestKey("one")))).isNotEmpty();
	}

	@Test
	void callsNothingSuperfluousWhereTheSourceListsNoVolume() {
		givenTwoBackupsSharingBlocks();
		mirror();
		source.delete(source.keys("backupstore/"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(this::mirror).withMessage("'held' is empty");

		put(source, "backupstore/backing-images/anything", "");
		MirrorReport report = mirror();
		assertThat(report.plan().extraVolumes()).isEmpty();
		assertThat(report.volumes()).isEmpty();
	}

	@Test
	void copiesOnlyTheVolumesItIsAskedFor() {
		givenTwoBackupsSharingBlocks();

		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> mirror(source, destination, Healing.TRUST_LISTING, 10)
				.run(Set.of(new VolumeName("test-vlo")), MirrorListener.NONE))
			.withMessage("the target holds no volume 'test-vlo'");
		assertThat(destination.puts).isEmpty();
	}

	@Test
	void makesNoPathOfKeysThatNoLonghornWrites() {
		givenTwoBackupsSharingBlocks();
		String folder = "backupstore/volumes/d0/2f/test-vol/";
		List<String> hostile = List.of("backupstore/volumes/../../../etc/cron.d/x",
				folder + "backups/backup_../../../x.cfg", folder + "backups/backup_..%2fx.cfg",
				folder + "blocks/../../volume.cfg", folder + "blocks/aa/bb/../x.blk",
				"backupstore/volumes/d0/2f/../volume.cfg", folder + "backups/backup_" + "x".repeat(300) + ".cfg",
				folder + "zz/evil");
		List<String> opened = new ArrayList<>();
		ForwardingStreamingStore infiltrated = new ForwardingStreamingStore(source) {

			@Override
			public ObjectPage list(String prefix, String startAfter) {
				ObjectPage page = super.list(prefix, startAfter);
				List<ObjectInfo> objects = new ArrayList<>();
				hostile.forEach(key -> objects.add(new ObjectInfo(key, 7, NOW)));
				objects.addAll(page.objects());
				return new ObjectPage(objects, page.truncated());
			}

		};
		source.onOpen(key -> {
			synchronized (opened) {
				opened.add(key);
			}
		});

		MirrorReport report = mirror(infiltrated, destination, Healing.TRUST_LISTING, 100).run(Set.of(),
				MirrorListener.NONE);

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(opened).doesNotContainAnyElementsOf(hostile);
		assertIsACopy();
	}

	@Test
	void tellsOfEveryBlockItDealsWith() {
		givenTwoBackupsSharingBlocks();
		AtomicLong planned = new AtomicLong();
		AtomicLong done = new AtomicLong();
		AtomicLong bytes = new AtomicLong();

		MirrorReport report = mirror(source, destination, Healing.TRUST_LISTING, BlockIndex.USUAL_CAPACITY)
			.run(Set.of(), new MirrorListener() {

				@Override
				public void planned(VolumeName name, long blocks) {
					planned.addAndGet(blocks);
				}

				@Override
				public void blockDone(VolumeName name, long storedBytes) {
					done.incrementAndGet();
					bytes.addAndGet(storedBytes);
				}

			});

		assertThat(planned).hasValue(4);
		assertThat(done).hasValue(4);
		assertThat(bytes).hasValue(report.copied().size().bytes());
	}

	@Test
	void notesABackingImageThatIsNotCopied() {
		givenTwoBackupsSharingBlocks();
		put(source, volume.configKey(), config("two", "2026-11-19", 64).replace("\"Labels\"",
				"\"BackingImageName\":\"\\\"debian\\\"\",\"Labels\""));

		assertThat(mirror().volumes().get(0).notes()).containsExactly(
				"it lies on the backing image 'debian', which is not copied; Longhorn restores it where that is too");
	}

	@Test
	void leavesTheSourceAsItIs() {
		givenTwoBackupsSharingBlocks();
		List<String> before = source.keys("");

		mirror();

		assertThat(source.keys("")).isEqualTo(before);
	}

}
