package dev.longhaul.backupstore.export;

import dev.longhaul.backupstore.format.BlockSize;
import dev.longhaul.backupstore.format.Checksum;

/**
 * The checksum of a block of nothing but zeros. Such a block need not be fetched: a hole
 * in the image reads the same.
 */
final class ZeroBlocks {

	private static final Checksum MIB_2 = Checksum
		.parse("731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0");

	private static final Checksum MIB_16 = Checksum
		.parse("7e208b53e5c541b23906ef8ed8f5e12e4f1b470fbd0d3e907b1fc0c0b8d78eb1");

	private ZeroBlocks() {
	}

	static Checksum checksum(BlockSize blockSize) {
		return switch (blockSize) {
			case MIB_2 -> MIB_2;
			case MIB_16 -> MIB_16;
		};
	}

}
