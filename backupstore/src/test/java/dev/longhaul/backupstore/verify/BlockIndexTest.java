package dev.longhaul.backupstore.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.pipeline.WantedBlock;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumeName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlockIndexTest {

	private final Random random = new Random(4);

	@Test
	void numbersBlocksInTheOrderInWhichTheyAreSeenAndEachOnce() {
		BlockIndex index = new BlockIndex(100_000);
		Map<Checksum, Integer> model = new HashMap<>();

		for (int i = 0; i < 10_000; i++) {
			// Few distinct last words, so that many fall into the same slot.
			Checksum checksum = new Checksum(random.nextInt(3_000), 0, 0, random.nextInt(3));
			int expected = model.computeIfAbsent(checksum, unseen -> model.size());

			assertThat(index.add(checksum)).isEqualTo(expected);
		}

		assertThat(index.size()).isEqualTo(model.size());
		model.forEach((checksum, number) -> {
			assertThat(index.find(checksum)).isEqualTo(number);
			assertThat(index.checksum(number)).isEqualTo(checksum);
		});
		assertThat(index.contains(new Checksum(0, 1, 0, 0))).isFalse();
		assertThat(index.find(new Checksum(0, 1, 0, 0))).isEqualTo(BlockIndex.ABSENT);
	}

	@Test
	void takesNoMoreThanItsCapacityButKnowsWhatItHas() {
		BlockIndex index = new BlockIndex(3);
		for (int i = 0; i < 3; i++) {
			index.add(new Checksum(0, 0, 0, i));
		}

		assertThat(index.add(new Checksum(0, 0, 0, 3))).isEqualTo(BlockIndex.FULL);
		assertThat(index.add(new Checksum(0, 0, 0, 1))).isEqualTo(1);
	}

	@Test
	void wantsWhatABackupRefersToAsItDeclaresIt() {
		BlockIndex index = new BlockIndex(10);
		for (int i = 0; i < 4; i++) {
			index.add(new Checksum(0, 0, 0, i));
		}
		index.want(bits(0, 1), manifest(BlockSize.MIB_2, CompressionMethod.LZ4));
		index.want(bits(1), manifest(BlockSize.MIB_2, CompressionMethod.GZIP));
		index.want(bits(3), manifest(BlockSize.MIB_16, CompressionMethod.NONE));

		assertThat(index.wanted(BlockSize.MIB_2)).isEqualTo(2);
		assertThat(index.wanted(BlockSize.MIB_16)).isEqualTo(1);
		assertThat(wanted(index, BlockSize.MIB_2)).containsExactly(
				new WantedBlock(0, new Checksum(0, 0, 0, 0), Set.of(CompressionMethod.LZ4)),
				new WantedBlock(1, new Checksum(0, 0, 0, 1), Set.of(CompressionMethod.LZ4, CompressionMethod.GZIP)));
		assertThat(wanted(index, BlockSize.MIB_16))
			.containsExactly(new WantedBlock(3, new Checksum(0, 0, 0, 3), Set.of(CompressionMethod.NONE)));
	}

	@Test
	void judgesAnIntactBlockByWhatTheBackupDeclares() {
		BlockIndex index = new BlockIndex(10);
		index.add(new Checksum(0, 0, 0, 1));
		index.add(new Checksum(0, 0, 0, 2));
		index.recordIntact(0, 8192, CompressionMethod.GZIP);
		index.recordIntact(1, 2097152, CompressionMethod.NONE);

		assertThat(index.problem(0, CompressionMethod.LZ4)).isNull();
		assertThat(index.problem(0, CompressionMethod.NONE)).isEqualTo(ProblemKind.UNDECODABLE_BLOCK);
		assertThat(index.problem(1, CompressionMethod.NONE)).isNull();
		assertThat(index.problem(1, CompressionMethod.LZ4)).isEqualTo(ProblemKind.UNDECODABLE_BLOCK);
		assertThat(index.damaged(bits(0, 1), CompressionMethod.LZ4)).isEqualTo(bits(1));
		assertThat(index.detail(1, CompressionMethod.LZ4))
			.isEqualTo("is stored uncompressed, and Longhorn reads it as its backup declares: lz4");
		assertThat(index.storedSize(1)).isEqualTo(2097152);
	}

	private static List<WantedBlock> wanted(BlockIndex index, BlockSize blockSize) {
		List<WantedBlock> blocks = new ArrayList<>();
		index.wantedBlocks(blockSize).forEachRemaining(blocks::add);
		return blocks;
	}

	private static BitSet bits(int... numbers) {
		BitSet bits = new BitSet();
		for (int number : numbers) {
			bits.set(number);
		}
		return bits;
	}

	private static BackupManifest manifest(BlockSize blockSize, CompressionMethod compression) {
		return new BackupManifest(new BackupName("backup-1"), new VolumeName("test-vol"), "", null, null, ByteSize.ZERO,
				Map.of(), blockSize, false, compression, ByteSize.ZERO, "");
	}

}
