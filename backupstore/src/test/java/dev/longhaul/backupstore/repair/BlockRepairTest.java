package dev.longhaul.backupstore.repair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.backupstore.pipeline.Concurrency;
import dev.longhaul.backupstore.testing.ForwardingStreamingStore;
import dev.longhaul.backupstore.verify.Backupstore;
import dev.longhaul.backupstore.verify.HeldStore;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BlockRepairTest {

	private static final BackupName ONE = new BackupName("one");

	private final HeldStore held = new HeldStore();

	private final Backupstore volume = new Backupstore(held, BlockSize.MIB_2);

	private final HeldStore heldMirror = new HeldStore();

	private final Backupstore mirrored = new Backupstore(heldMirror, BlockSize.MIB_2);

	private final List<String> puts = Collections.synchronizedList(new ArrayList<>());

	private final ForwardingStreamingStore bucket = new ForwardingStreamingStore(held) {

		@Override
		public void put(String key, byte[] content) {
			puts.add(key);
			super.put(key, content);
		}

	};

	@BeforeEach
	void givenABackupAndItsMirror() {
		for (int block = 1; block <= 3; block++) {
			volume.putBlock(block, CompressionMethod.LZ4);
			mirrored.putBlock(block, CompressionMethod.LZ4);
		}
		volume.putManifest("one", CompressionMethod.LZ4, 1, 2, 3, 1);
		volume.putManifest("other", CompressionMethod.LZ4, 1, 2);
	}

	@Test
	void aMissingBlockIsPutBackFromTheMirror() {
		byte[] before = held.content(volume.blockKey(3));
		held.remove(volume.blockKey(3));

		BlockReport report = repair(true).repair(Backupstore.VOLUME, ONE, false);

		assertThat(report).isEqualTo(new BlockReport(3, false, 1, List.of(), 0));
		assertThat(held.content(volume.blockKey(3))).isEqualTo(before);
		assertThat(puts).containsExactly(volume.blockKey(3));
	}

	@Test
	void aBlockThatProvesBadInTheMirrorIsNotPut() {
		held.remove(volume.blockKey(3));
		heldMirror.put(mirrored.blockKey(3), heldMirror.content(mirrored.blockKey(2)), Backupstore.LONG_AGO);

		BlockReport report = repair(true).repair(Backupstore.VOLUME, ONE, false);

		assertThat(report.isWhole()).isFalse();
		assertThat(report.lost()).singleElement().satisfies(lost -> {
			assertThat(lost.key()).isEqualTo(volume.blockKey(3));
			assertThat(lost.why()).startsWith("is not in the bucket, and in the mirror its content has the checksum ");
		});
		assertThat(puts).isEmpty();
	}

	@Test
	void whatNobodyHasIsLost() {
		held.remove(volume.blockKey(3));
		heldMirror.remove(mirrored.blockKey(3));

		assertThat(repair(true).repair(Backupstore.VOLUME, ONE, false).lost()).extracting(UnreadableBlock::why)
			.containsExactly("is neither in the bucket nor in the mirror");
		assertThat(repair(false).repair(Backupstore.VOLUME, ONE, false).lost()).extracting(UnreadableBlock::why)
			.containsExactly("is not in the bucket");
		assertThat(puts).isEmpty();
	}

	@Test
	void aBlockThatIsThereIsNeverReplaced() {
		held.put(volume.blockKey(2), held.content(volume.blockKey(1)), Backupstore.LONG_AGO);

		BlockReport listed = repair(true).repair(Backupstore.VOLUME, ONE, false);
		BlockReport read = repair(true).repair(Backupstore.VOLUME, ONE, true);

		assertThat(listed.isWhole()).isTrue();
		assertThat(read.lost()).extracting(UnreadableBlock::key).containsExactly(volume.blockKey(2));
		assertThat(puts).isEmpty();
	}

	@Test
	void anotherBackupMayDoWithoutWhatIsLost() {
		BlockRepair repair = repair(false);
		assertThat(repair.isWithout(Backupstore.VOLUME, new BackupName("other"), Set.of(volume.checksum(3)))).isTrue();
		assertThat(repair.isWithout(Backupstore.VOLUME, new BackupName("other"), Set.of(volume.checksum(2)))).isFalse();
		held.remove(volume.blockKey(1));
		assertThat(repair.isWithout(Backupstore.VOLUME, new BackupName("other"), Set.of())).isFalse();
	}

	@Test
	void aBackupThatIsNotThereOrCannotBeReadIsNoWholeOne() {
		assertThatThrownBy(() -> repair(false).repair(Backupstore.VOLUME, new BackupName("none"), false))
			.isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("no backup 'none' of volume 'test-vol' any more");
		volume.putPlaceholder("begun", Backupstore.LONG_AGO);
		assertThatThrownBy(() -> repair(false).repair(Backupstore.VOLUME, new BackupName("begun"), false))
			.isInstanceOf(DamagedData.class);
	}

	private BlockRepair repair(boolean withMirror) {
		BackupstoreLayout layout = new BackupstoreLayout("");
		return new BlockRepair(bucket, layout, withMirror ? new Side(heldMirror, layout) : null, Pause.real(),
				new Concurrency(2));
	}

}
