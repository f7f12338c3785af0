package dev.longhaul.backupstore.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.verify.BackupReport.State;
import dev.longhaul.backupstore.verify.VolumeReport.Orphans;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VerifierTest {

	private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	private static final int LARGE_INDEX = 1000;

	private final HeldStore store = new HeldStore();

	private final List<Duration> pauses = new ArrayList<>();

	private Backupstore volume = new Backupstore(store, BlockSize.MIB_2);

	@Test
	void provesBackupsWhoseBlocksAreAllThere() {
		givenTwoBackupsSharingBlocks();

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(report.distinctBlocks()).isEqualTo(4);
		VolumeReport ofVolume = report.volumes().get(0);
		assertThat(ofVolume.claim()).isEqualTo(new ClaimRef("shop", "data-db-0"));
		assertThat(ofVolume.orphans()).isEqualTo(new Orphans(0, ByteSize.ZERO, true));
		assertThat(ofVolume.backups()).extracting(BackupReport::name, BackupReport::state, BackupReport::blocks)
			.containsExactly(tuple("one", State.PROVEN, 3), tuple("two", State.PROVEN, 4));
		assertThat(backup(report, "two").createdAt()).isEqualTo(Instant.parse("2026-11-20T02:31:00Z"));
		assertThat(backup(report, "two").size()).isEqualTo(ByteSize.ofMebibytes(8));
		assertThat(backup(report, "two").blocksRead()).isEqualTo(4);
		assertThat(backup(report, "two").bytesRead().bytes()).isEqualTo(storedBytes(1, 2, 4));
		assertThat(report.bytesRead().bytes()).isEqualTo(storedBytes(1, 2, 3, 4));
	}

	@ParameterizedTest
	@CsvSource({ "LZ4, GZIP", "GZIP, LZ4" })
	void provesBackupsWhoseBlocksWereWrittenWithEitherCompression(CompressionMethod declared, CompressionMethod other) {
		volume.putBlock(1, declared);
		volume.putBlock(2, other);
		volume.putManifest("one", declared, 1, 2);
		volume.putManifest("two", other, 1, 2);

		assertThat(verify().count(State.PROVEN)).isEqualTo(2);
	}

	@Test
	void doesNotProveABackupThatDeclaresNoCompressionForABlockAnotherOneStoredCompressed() {
		volume.putBlock(1, CompressionMethod.LZ4);
		volume.putManifest("lz4", CompressionMethod.LZ4, 1);
		volume.putManifest("none", CompressionMethod.NONE, 1);

		VerificationReport report = verify();

		assertThat(backup(report, "lz4").state()).isEqualTo(State.PROVEN);
		assertThat(backup(report, "none").state()).isEqualTo(State.DAMAGED);
		assertThat(backup(report, "none").problems()).containsExactly(new Problem(ProblemKind.UNDECODABLE_BLOCK,
				volume.blockKey(1),
				"is stored compressed, and Longhorn reads it as its backup declares: none (offset 0 of the volume)"));
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void provesBackupsOfSixteenMebibyteBlocks(CompressionMethod method) {
		volume = new Backupstore(store, BlockSize.MIB_16);
		volume.putBlock(1, method);
		volume.putBlock(2, method);
		volume.putManifest("large", method, 2, 1);

		VerificationReport report = verify();

		assertThat(backup(report, "large").state()).isEqualTo(State.PROVEN);
		assertThat(backup(report, "large").size()).isEqualTo(ByteSize.ofMebibytes(32));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, LARGE_INDEX })
	void judgesEveryBackupOnItsOwnBlocksHoweverSmallItsIndexIs(int capacity) {
		givenTwoBackupsSharingBlocks();
		volume.putBlock(9, CompressionMethod.LZ4);
		store.remove(volume.blockKey(4));
		byte[] third = store.content(volume.blockKey(3));
		store.put(volume.blockKey(3), Arrays.copyOf(third, third.length / 2), Backupstore.LONG_AGO);

		VerificationReport report = verify(Selection.ALL, capacity);

		assertThat(backup(report, "one").problems()).containsExactly(new Problem(ProblemKind.TRUNCATED_BLOCK,
				volume.blockKey(3), "ends within its compressed data after %d bytes (offset 4194304 of the volume)"
					.formatted(third.length / 2)));
		assertThat(backup(report, "two").problems()).containsExactly(new Problem(ProblemKind.MISSING_BLOCK,
				volume.blockKey(4), "is not in the bucket (offset 4194304 of the volume, and 1 more)"));
		assertThat(backup(report, "two").blocks()).isEqualTo(4);
		assertThat(backup(report, "two").blocksRead()).isEqualTo(2);
		assertThat(report.distinctBlocks()).isEqualTo(4);
		assertThat(report.volumes().get(0).orphans())
			.isEqualTo(new Orphans(1, new ByteSize(store.content(volume.blockKey(9)).length), true));
	}

	@Test
	void givesTheSameReportSliceBySlice() {
		int[] blocks = IntStream.range(0, 40).toArray();
		for (int block : blocks) {
			volume.putBlock(block, CompressionMethod.LZ4);
		}
		volume.putManifest("one", CompressionMethod.LZ4, Arrays.copyOf(blocks, 25));
		volume.putManifest("two", CompressionMethod.LZ4, Arrays.copyOfRange(blocks, 10, 38));
		store.remove(volume.blockKey(12));
		store.put(volume.blockKey(30), new byte[] { 4, 5 }, Backupstore.LONG_AGO);

		VerificationReport whole = verify(Selection.ALL, LARGE_INDEX);
		VerificationReport sliced = verify(Selection.ALL, 5);

		assertThat(whole.count(State.DAMAGED)).isEqualTo(2);
		assertThat(sliced.volumes()).isEqualTo(whole.volumes());
	}

	@Test
	void endsOnAManifestWhoseChecksumsNoHashFunctionGave() {
		List<String> entries = IntStream.range(0, 10)
			.mapToObj(i -> Backupstore.entry(i * 2097152L, new Checksum(7, 0, 0, i)))
			.toList();
		volume.putManifest("hostile", CompressionMethod.LZ4, entries);

		VerificationReport report = verify(Selection.ALL, 4);

		assertThat(backup(report, "hostile").state()).isEqualTo(State.UNREADABLE);
		assertThat(backup(report, "hostile").problems()).extracting(Problem::detail)
			.containsExactly("lists blocks whose checksums begin with the same 64 bits more often than chance has it");
	}

	@Test
	void readsEveryDistinctBlockOnceAndSaysSo() {
		givenTwoBackupsSharingBlocks();
		List<String> opened = new ArrayList<>();
		store.onOpen(key -> {
			synchronized (opened) {
				opened.add(key);
			}
		});
		AtomicInteger planned = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();

		verifier(LARGE_INDEX).verify(Selection.ALL, new VerificationListener() {

			@Override
			public void planned(VolumeName name, long blocks) {
				planned.addAndGet((int) blocks);
			}

			@Override
			public void blockDone(VolumeName name, long storedBytes) {
				done.incrementAndGet();
			}

		});

		assertThat(opened.stream().filter(key -> key.endsWith(".blk"))).hasSize(4).doesNotHaveDuplicates();
		assertThat(planned).hasValue(4);
		assertThat(done).hasValue(4);
	}

	@Test
	void beginsATransferThatBreaksAgainAndCountsNothingTwice() {
		givenTwoBackupsSharingBlocks();
		store.breakTransfers(volume.manifestKey("one"), 2);
		store.breakTransfers(volume.blockKey(1), 3);

		VerificationReport report = verify();

		assertThat(store.breaksLeft()).isZero();
		assertThat(pauses).hasSize(5);
		assertThat(report.count(State.PROVEN)).isEqualTo(2);
		assertThat(backup(report, "one").blocks()).isEqualTo(3);
		assertThat(report.bytesRead().bytes()).isEqualTo(storedBytes(1, 2, 3, 4));
	}

	@Test
	void callsNothingDamagedThatItCouldNotRead() {
		givenTwoBackupsSharingBlocks();
		store.breakTransfers(volume.blockKey(1), 4);

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(this::verify)
			.withMessage("held broke off 4 times while sending %s: connection reset", volume.blockKey(1))
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE));
	}

	@Test
	void countsABackupThatIsDeletedMeanwhileAsVanished() {
		givenTwoBackupsSharingBlocks();
		store.onOpen(key -> {
			if (key.equals(volume.blockKey(3)) && !store.keys(volume.manifestKey("one")).isEmpty()) {
				store.remove(volume.manifestKey("one"));
				store.remove(volume.blockKey(3));
			}
		});

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(report.volumes().get(0).vanished()).containsExactly(new BackupName("one"));
		assertThat(report.backups()).extracting(BackupReport::name).containsExactly(new BackupName("two"));
		assertThat(report.volumes().get(0).orphans()).extracting("certain").isEqualTo(false);
	}

	@Test
	void countsABackupThatIsGoneBeforeItsManifestIsReadAsVanished() {
		givenTwoBackupsSharingBlocks();
		store.onOpen(key -> {
			if (key.equals(volume.manifestKey("two")) && !store.keys(key).isEmpty()) {
				store.remove(key);
			}
		});

		VerificationReport report = verify();

		assertThat(report.volumes().get(0).vanished()).containsExactly(new BackupName("two"));
		assertThat(backup(report, "one").state()).isEqualTo(State.PROVEN);
	}

	@Test
	void reportsNoProblemOfAVolumeThatIsDeletedMeanwhile() {
		givenTwoBackupsSharingBlocks();
		store.onOpen(key -> store.delete(store.keys("backupstore/")));

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(report.volumes().get(0).vanished()).hasSize(2);
	}

	@Test
	void callsABlockThatIsMissingFromABackupThatIsStillThereLost() {
		givenTwoBackupsSharingBlocks();
		store.remove(volume.blockKey(3));

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isTrue();
		assertThat(backup(report, "one").state()).isEqualTo(State.DAMAGED);
		assertThat(backup(report, "two").state()).isEqualTo(State.PROVEN);
	}

	@Test
	void takesAnUnfinishedBackupForRunningWhileALockIsRefreshed() {
		givenTwoBackupsSharingBlocks();
		volume.putPlaceholder("running", Backupstore.LONG_AGO);
		volume.putLock("0a1b2c3d4e5f6071", NOW.minusSeconds(149));
		volume.putBlock(9, CompressionMethod.LZ4);

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(backup(report, "running").state()).isEqualTo(State.IN_PROGRESS);
		assertThat(backup(report, "running").problems()).isEmpty();
		assertThat(report.volumes().get(0).orphans()).extracting("count", "certain").containsExactly(1L, false);
	}

	@Test
	void takesAnUnfinishedBackupThatWasJustBegunForRunning() {
		volume.putPlaceholder("running", NOW.minusSeconds(149));

		VerificationReport report = verify();

		assertThat(backup(report, "running").problems()).isEmpty();
		assertThat(report.volumes().get(0).orphans()).extracting("certain").isEqualTo(false);
	}

	@Test
	void takesAnUnfinishedBackupForAbandonedWhenNoLockIsRefreshedAnyMore() {
		givenTwoBackupsSharingBlocks();
		volume.putPlaceholder("dead", NOW.minusSeconds(150));
		volume.putLock("0a1b2c3d4e5f6071", NOW.minusSeconds(150));
		volume.putBlock(9, CompressionMethod.LZ4);

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(backup(report, "dead").state()).isEqualTo(State.IN_PROGRESS);
		assertThat(backup(report, "dead").problems()).containsExactly(
				new Problem(ProblemKind.ABANDONED_BACKUP, volume.manifestKey("dead"),
						"was begun and not finished, and no lock is refreshed any more"),
				new Problem(ProblemKind.STALE_LOCK,
						"backupstore/volumes/d0/2f/test-vol/locks/lock-0a1b2c3d4e5f6071.lck",
						"was last refreshed at 2026-11-22T09:57:30Z"));
		assertThat(report.volumes().get(0).orphans()).extracting("count", "certain").containsExactly(1L, true);
	}

	@Test
	void namesAStaleLockOfNoBackupAsTheVolumes() {
		givenTwoBackupsSharingBlocks();
		volume.putLock("0a1b2c3d4e5f6071", NOW.minusSeconds(150));

		VerificationReport report = verify();

		assertThat(report.hasDamage()).isFalse();
		assertThat(report.volumes().get(0).problems()).extracting(Problem::kind)
			.containsExactly(ProblemKind.STALE_LOCK);
	}

	@Test
	void isNotSureOfOrphansWhileAManifestCannotBeRead() {
		givenTwoBackupsSharingBlocks();
		volume.replaceInManifest("one", "\"SingleFile\"", "SingleFile");

		VerificationReport report = verify();

		assertThat(backup(report, "one").state()).isEqualTo(State.UNREADABLE);
		assertThat(backup(report, "one").problems()).extracting(Problem::kind, Problem::key)
			.containsExactly(Tuple.tuple(ProblemKind.UNREADABLE_MANIFEST, volume.manifestKey("one")));
		assertThat(report.volumes().get(0).orphans()).isEqualTo(new Orphans(0, ByteSize.ZERO, false));
	}

	@Test
	void saysNothingOfOrphansWhereItDidNotLookAtEveryBackup() {
		givenTwoBackupsSharingBlocks();

		VerificationReport report = verify(new Selection(Set.of(), Set.of(new BackupName("one"))), LARGE_INDEX);

		assertThat(report.backups()).extracting(BackupReport::name).containsExactly(new BackupName("one"));
		assertThat(report.distinctBlocks()).isEqualTo(3);
		assertThat(report.volumes().get(0).orphans()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					"Size":"6291456"   | "Size":"4611686018427387904" | states 4611686018427387904 bytes and lists 3 blocks of 2097152
					"Size":"6291456"   | "Size":"6291457"             | states 6291457 bytes and lists 3 blocks of 2097152
					"Offset":4194304   | "Offset":4611686018427387904 | its last block ends at 4611686018429485056, beyond the volume's 134217728 bytes
					"Offset":4194304   | "Offset":4194305             | an offset is not a multiple of the block size 2097152
					"Offset":4194304   | "Offset":0                   | offset 0 follows offset 2097152
					"Offset":4194304   | "Offset":9223372036854775807 | offset 9223372036854775807 is beyond any volume
					""")
	void findsAManifestThatContradictsItselfOrItsVolume(String written, String instead, String detail) {
		givenTwoBackupsSharingBlocks();
		volume.replaceInManifest("one", written, instead);

		VerificationReport report = verify();

		assertThat(backup(report, "one").state()).isEqualTo(State.DAMAGED);
		assertThat(backup(report, "one").problems())
			.containsExactly(new Problem(ProblemKind.SIZE_MISMATCH, volume.manifestKey("one"), detail));
		assertThat(backup(report, "two").state()).isEqualTo(State.PROVEN);
	}

	@Test
	void findsAManifestThatContradictsItselfEvenWithoutTheVolumesConfig() {
		givenTwoBackupsSharingBlocks();
		volume.replaceInManifest("one", "\"Size\":\"6291456\"", "\"Size\":\"2097152\"");
		store.remove(volume.configKey());

		VerificationReport report = verify();

		assertThat(report.volumes().get(0).problems()).containsExactly(new Problem(ProblemKind.UNREADABLE_MANIFEST,
				volume.configKey(), "is missing; Longhorn restores no backup of the volume without it"));
		assertThat(backup(report, "one").problems()).extracting(Problem::kind)
			.containsExactly(ProblemKind.SIZE_MISMATCH);
	}

	@Test
	void readsNothingOfABackupInTheFirstFormatAndSaysSo() {
		givenTwoBackupsSharingBlocks();
		volume.replaceInManifest("one", "\"FilePath\":\"\"", "\"FilePath\":\"BackupFiles/one.bak\"");

		VerificationReport report = verify();

		assertThat(backup(report, "one").state()).isEqualTo(State.UNREADABLE);
		assertThat(backup(report, "one").problems()).extracting(Problem::detail)
			.containsExactly("is in Longhorn's first format, of one file per backup, which is not read");
	}

	@Test
	void boundsTheProblemsItHoldsOfAVolumeThatLostItsBlocks() {
		List<String> entries = IntStream.range(0, BackupReport.MAX_PROBLEMS + 5)
			.mapToObj(i -> Backupstore.entry(i * 2097152L, new Checksum(i, i, i, i)))
			.toList();
		volume.putConfig(Long.MAX_VALUE);
		volume.putManifest("lost", CompressionMethod.LZ4, entries);

		BackupReport lost = backup(verify(Selection.ALL, 2 * BackupReport.MAX_PROBLEMS), "lost");

		assertThat(lost.problems()).hasSize(BackupReport.MAX_PROBLEMS);
		assertThat(lost.problemsLeftOut()).isEqualTo(5);
		assertThat(lost.blocksRead()).isZero();
	}

	@Test
	void leavesTheLocksOfBackingImagesAlone() {
		givenTwoBackupsSharingBlocks();
		store.put("backupstore/volumes/22/fc/BACKINGIMAGE/locks/lock-0a1b2c3d4e5f6071.lck", new byte[0],
				Backupstore.LONG_AGO);

		assertThat(verify().volumes()).extracting(VolumeReport::name).containsExactly(Backupstore.VOLUME);
	}

	@Test
	void refusesAVolumeThatIsNotThereAndNamesThoseThatAre() {
		givenTwoBackupsSharingBlocks();
		Selection other = new Selection(Set.of(new VolumeName("test-vlo")), Set.of());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> verify(other, LARGE_INDEX))
			.withMessage("the target holds no volume 'test-vlo'")
			.satisfies(refused -> {
				assertThat(refused.code()).isEqualTo(FailureCode.VOLUME_NOT_FOUND);
				assertThat(refused.hint()).isEqualTo("did you mean 'test-vol'?");
			});
	}

	@Test
	void refusesABackupThatIsNotThereAndNamesTheNearest() {
		givenTwoBackupsSharingBlocks();
		Selection other = new Selection(Set.of(Backupstore.VOLUME), Set.of(new BackupName("tow")));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> verify(other, LARGE_INDEX))
			.withMessage("there is no backup 'tow' of volume 'test-vol'")
			.satisfies(refused -> {
				assertThat(refused.code()).isEqualTo(FailureCode.BACKUP_NOT_FOUND);
				assertThat(refused.hint()).isEqualTo("did you mean 'two'?");
			});
	}

	private void givenTwoBackupsSharingBlocks() {
		for (int block = 1; block <= 4; block++) {
			volume.putBlock(block, CompressionMethod.LZ4);
		}
		volume.putManifest("one", CompressionMethod.LZ4, 1, 2, 3);
		volume.putManifest("two", CompressionMethod.LZ4, 1, 2, 4, 4);
	}

	private long storedBytes(int... blocks) {
		return IntStream.of(blocks).mapToLong(block -> store.content(volume.blockKey(block)).length).sum();
	}

	private VerificationReport verify() {
		return verify(Selection.ALL, LARGE_INDEX);
	}

	private VerificationReport verify(Selection selection, int indexCapacity) {
		return verifier(indexCapacity).verify(selection, VerificationListener.NONE);
	}

	private Verifier verifier(int indexCapacity) {
		return new Verifier(store, new BackupstoreLayout(""), Clock.fixed(NOW, ZoneOffset.UTC), pauses::add,
				new Concurrency(3), indexCapacity);
	}

	private static BackupReport backup(VerificationReport report, String name) {
		return report.backups().filter(backup -> backup.name().value().equals(name)).findFirst().orElseThrow();
	}

	private static Tuple tuple(String name, State state, long blocks) {
		return Tuple.tuple(new BackupName(name), state, blocks);
	}

}
