package dev.longhaul.backupstore.mirror;

import java.util.Arrays;

import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.verify.BackupReport;
import dev.longhaul.backupstore.verify.Backupstore;
import dev.longhaul.backupstore.verify.Problem;
import dev.longhaul.backupstore.verify.ProblemKind;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source that is damaged, or changes while it is copied.
 */
class MirrorDamageTest extends MirrorScene {

	@BeforeEach
	void givenBackups() {
		givenTwoBackupsSharingBlocks();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100 })
	void givesNoManifestToABackupThatMissesABlock(int capacity) {
		source.remove(volume.blockKey(3));

		MirrorReport report = mirror(Healing.TRUST_LISTING, capacity);

		assertThat(state(report, "one")).isEqualTo(State.DAMAGED);
		assertThat(problem(report, "one")).isEqualTo(new Problem(ProblemKind.MISSING_BLOCK, volume.blockKey(3),
				"is not in the source (offset 4194304 of the volume)"));
		assertEverythingElseIsCopied(report);
	}

	@Test
	void givesNoManifestToABackupWithABlockThatWasCut() {
		cut(volume.blockKey(3));

		MirrorReport report = mirror();

		assertThat(problem(report, "one").kind()).isEqualTo(ProblemKind.TRUNCATED_BLOCK);
		assertThat(contents(destination, there(volume.blockKey(3)))).isEmpty();
		assertEverythingElseIsCopied(report);
	}

	@Test
	void givesNoManifestToABackupWithABlockThatIsAnother() {
		source.put(volume.blockKey(3), source.content(volume.blockKey(2)), Backupstore.LONG_AGO);

		MirrorReport report = mirror();

		assertThat(problem(report, "one").kind()).isEqualTo(ProblemKind.CHECKSUM_MISMATCH);
		assertThat(contents(destination, there(volume.blockKey(3)))).isEmpty();
		assertEverythingElseIsCopied(report);
	}

	@Test
	void givesNoManifestToABackupThatContradictsItself() {
		volume.replaceInManifest("one", "\"Size\":\"6291456\"", "\"Size\":\"2097152\"");

		MirrorReport report = mirror();

		assertThat(problem(report, "one").kind()).isEqualTo(ProblemKind.SIZE_MISMATCH);
		assertEverythingElseIsCopied(report);
	}

	@Test
	void leavesOutAManifestThatCannotBeRead() {
		cut(volume.manifestKey("one"));

		MirrorReport report = mirror();

		assertThat(state(report, "one")).isEqualTo(State.UNREADABLE);
		assertEverythingElseIsCopied(report);
	}

	@Test
	void leavesOutABackupInProgressAndSaysSo() {
		volume.putPlaceholder("running", NOW);
		volume.putLock("0a1b2c3d4e5f6071", NOW);

		MirrorReport report = mirror();

		assertThat(state(report, "running")).isEqualTo(State.IN_PROGRESS);
		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(report.count(State.COPIED)).isEqualTo(2);
		assertThat(contents(destination, there(volume.manifestKey("running")))).isEmpty();
	}

	@Test
	void neverReplacesAnIntactCopyByWhatTheSourceHasLeft() {
		mirror();
		destination.puts.clear();
		cut(volume.blockKey(3));
		source.remove(volume.blockKey(4));

		MirrorReport report = mirror();

		assertThat(destination.dataPuts()).isEmpty();
		assertThat(report.count(State.DAMAGED)).isEqualTo(2);
		assertThat(problem(report, "two").detail())
			.isEqualTo("is not in the source; the destination still has it (offset 4194304 of the volume, and 1 more)");
		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(verify().count(BackupReport.State.PROVEN)).isEqualTo(2);
	}

	@Test
	void reportsDamageWhereThereIsNothingToCopy() {
		mirror();
		source.remove(volume.blockKey(4));

		MirrorReport report = mirror();

		assertThat(report.destination().writes()).isZero();
		assertThat(problem(report, "two").kind()).isEqualTo(ProblemKind.MISSING_BLOCK);
	}

	@Test
	void copiesWhatWasRepairedInTheSource() {
		byte[] block = source.content(volume.blockKey(3));
		source.remove(volume.blockKey(3));
		mirror();
		source.put(volume.blockKey(3), block, Backupstore.LONG_AGO);
		destination.puts.clear();

		MirrorReport report = mirror();

		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(destination.dataPuts()).containsExactly(there(volume.blockKey(3)), there(volume.manifestKey("one")));
		assertIsACopy();
	}

	@Test
	void countsABackupThatIsDeletedMeanwhileAsVanished() {
		source.onOpen(key -> {
			if (key.equals(volume.blockKey(3)) && !source.keys(volume.manifestKey("one")).isEmpty()) {
				source.remove(volume.manifestKey("one"));
				source.remove(volume.blockKey(3));
			}
		});

		MirrorReport report = mirror();

		assertThat(report.volumes().get(0).vanished()).containsExactly(new BackupName("one"));
		assertThat(report.status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(state(report, "two")).isEqualTo(State.COPIED);
	}

	@Test
	void leavesABackupThatIsMadeAnewMeanwhileToTheNextRun() {
		byte[] manifest = source.content(volume.manifestKey("one"));
		source.onOpen(key -> {
			if (key.equals(volume.blockKey(3))) {
				putManifest("one", "2026-11-21", 1, 4);
			}
		});

		MirrorReport report = mirror();

		assertThat(manifest).isNotEqualTo(source.content(volume.manifestKey("one")));
		assertThat(state(report, "one")).isEqualTo(State.DEFERRED);
		assertThat(report.volumes().get(0).notes())
			.containsExactly("one was written anew in the source before its turn came");
		assertThat(report.status()).isEqualTo(ExitStatus.UNAVAILABLE);
		assertThat(contents(destination, there(volume.manifestKey("one")))).isEmpty();

		source.onOpen(key -> {
		});
		assertThat(state(mirror(), "one")).isEqualTo(State.COPIED);
		assertIsACopy();
	}

	@Test
	void beginsATransferThatBreaksAgain() {
		source.breakTransfers(volume.blockKey(1), 2);
		source.breakTransfers(volume.manifestKey("two"), 1);

		assertThat(mirror().status()).isEqualTo(ExitStatus.PROVEN);
		assertThat(source.breaksLeft()).isZero();
		assertIsACopy();
	}

	private void assertEverythingElseIsCopied(MirrorReport report) {
		assertThat(report.status()).isEqualTo(ExitStatus.DAMAGE);
		assertThat(state(report, "two")).isEqualTo(State.COPIED);
		assertThat(contents(destination, there(volume.manifestKey("one")))).isEmpty();
		assertThat(verify().hasDamage()).isFalse();
		assertThat(verify().count(BackupReport.State.PROVEN)).isEqualTo(1);
	}

	private void cut(String key) {
		byte[] whole = source.content(key);
		source.put(key, Arrays.copyOf(whole, whole.length / 2), Backupstore.LONG_AGO);
	}

	private static Problem problem(MirrorReport report, String backup) {
		return report.volumes()
			.get(0)
			.backups()
			.stream()
			.filter(mirrored -> mirrored.name().value().equals(backup))
			.findFirst()
			.orElseThrow()
			.problems()
			.get(0);
	}

	@Test
	void copiesBlocksThatOnlyADamagedBackupUses() {
		volume.putBlock(5, CompressionMethod.LZ4);
		putManifest("three", "2026-11-20", 5, 6);

		assertThat(state(mirror(), "three")).isEqualTo(State.DAMAGED);
		assertThat(contents(destination, there(volume.blockKey(5)))).as("the missing one may yet be repaired")
			.hasSize(1);
	}

}
