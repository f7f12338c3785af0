package dev.longhaul.restore.ext4;

import java.nio.ByteBuffer;

/**
 * What a file system says of itself, within the bounds of what can be.
 *
 * @param blockSize in bytes
 * @param blocks in all
 * @param clusterBlocks of which space is handed out
 * @param firstInode of those that are for files; those before it are the file system's
 * own
 * @param descriptorSize bytes that describe a group
 * @param firstMetaGroup from which descriptors lie among the groups
 * @param orphan the first inode that was open and had no name any more; 0 if none
 */
record Superblock(int blockSize, long firstDataBlock, long blocks, int clusterBlocks, long inodes, long blocksPerGroup,
		long inodesPerGroup, long firstInode, int inodeSize, int descriptorSize, long firstMetaGroup, int incompatible,
		int readOnly, long orphan) {

	/** Where it lies, and how long it is. */
	static final int OFFSET = 1024;

	static final int SIZE = 1024;

	static final int FILE_TYPE = 0x2;

	static final int RECOVER = 0x4;

	private static final int META_GROUPS = 0x10;

	private static final int WIDE = 0x80;

	/**
	 * Names with their types, a journal to replay, groups of groups, extents, 64 bits,
	 * one writer at a time, flexible groups, large attributes, a seed for checksums,
	 * large directories, data in inodes, and files that are encrypted or told apart
	 * without regard to case: read, or refused file by file.
	 */
	private static final int KNOWN = FILE_TYPE | RECOVER | META_GROUPS | 0x40 | WIDE | 0x100 | 0x200 | 0x400 | 0x2000
			| 0x4000 | 0x8000 | 0x10000 | 0x20000;

	private static final int SPARSE_SUPERBLOCKS = 0x1;

	private static final int CLUSTERS = 0x200;

	private static final int ORPHAN_FILE_IN_USE = 0x10000;

	private static final short MAGIC = (short) 0xEF53;

	/** 64 KiB blocks. */
	private static final int LARGEST_LOG_SIZE = 6;

	/** Before there was anything to choose. */
	private static final int FIRST_INODE_SIZE = 128;

	private static final int FIRST_DESCRIPTOR_SIZE = 32;

	private static final int FIRST_INODE = 11;

	private static final int WIDE_DESCRIPTOR_SIZE = 64;

	/**
	 * @param bytes of the image from {@link #OFFSET}, {@link #SIZE} of them
	 */
	static Superblock parse(ByteBuffer bytes) throws Ext4Damage {
		require(bytes.getShort(0x38) == MAGIC, "there is no superblock of ext4");
		int logSize = bytes.getInt(0x18);
		require(logSize >= 0 && logSize <= LARGEST_LOG_SIZE, "its blocks have an impossible size");
		int blockSize = 1024 << logSize;
		boolean first = bytes.getInt(0x4C) == 0;
		int incompatible = first ? 0 : bytes.getInt(0x60);
		require((incompatible & ~KNOWN) == 0,
				"it uses features that are not read here (%x)".formatted(incompatible & ~KNOWN));
		int readOnly = first ? 0 : bytes.getInt(0x64);
		boolean wide = (incompatible & WIDE) != 0;
		long blocks = unsigned(bytes, 0x4) | (wide ? unsigned(bytes, 0x150) << 32 : 0);
		Superblock parsed = new Superblock(blockSize, unsigned(bytes, 0x14), blocks,
				clusterBlocks(bytes, readOnly, logSize), unsigned(bytes, 0), unsigned(bytes, 0x20),
				unsigned(bytes, 0x28), first ? FIRST_INODE : unsigned(bytes, 0x54),
				first ? FIRST_INODE_SIZE : Short.toUnsignedInt(bytes.getShort(0x58)),
				wide ? Short.toUnsignedInt(bytes.getShort(0xFE)) : FIRST_DESCRIPTOR_SIZE, unsigned(bytes, 0x104),
				incompatible, readOnly, unsigned(bytes, 0xE8));
		parsed.requirePossible();
		return parsed;
	}

	private static int clusterBlocks(ByteBuffer bytes, int readOnly, int logSize) throws Ext4Damage {
		if ((readOnly & CLUSTERS) == 0) {
			return 1;
		}
		int log = bytes.getInt(0x1C) - logSize;
		require(log >= 0 && log <= 16, "its clusters have an impossible size");
		return 1 << log;
	}

	private void requirePossible() throws Ext4Damage {
		require(blocks > firstDataBlock && firstDataBlock <= 1 && blocks < Long.MAX_VALUE / blockSize,
				"its number of blocks cannot be");
		require(blocksPerGroup > 0 && inodesPerGroup > 0 && inodesPerGroup <= 8L * blockSize,
				"its groups have an impossible size");
		require(inodes > 0 && inodes <= groups() * inodesPerGroup, "its number of inodes cannot be");
		require(inodeSize >= FIRST_INODE_SIZE && inodeSize <= blockSize && Integer.bitCount(inodeSize) == 1,
				"its inodes have an impossible size");
		int least = isWide() ? WIDE_DESCRIPTOR_SIZE : FIRST_DESCRIPTOR_SIZE;
		require(descriptorSize >= least && descriptorSize <= 1024 && Integer.bitCount(descriptorSize) == 1,
				"the descriptors of its groups have an impossible size");
	}

	/** Whether something is to be done that a mount does before anything is read. */
	boolean isUnclean() {
		return (incompatible & RECOVER) != 0 || orphan != 0 || (readOnly & ORPHAN_FILE_IN_USE) != 0;
	}

	boolean isWide() {
		return (incompatible & WIDE) != 0;
	}

	boolean hasFileTypes() {
		return (incompatible & FILE_TYPE) != 0;
	}

	long groups() {
		return (blocks - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup;
	}

	/** Where the descriptor of a group lies, in bytes. */
	long descriptor(long group) {
		long perBlock = blockSize / descriptorSize;
		long number = group / perBlock;
		long block = superblockAt() + 1 + number;
		if ((incompatible & META_GROUPS) != 0 && number >= firstMetaGroup) {
			long firstOfMeta = number * perBlock;
			block = firstDataBlock + firstOfMeta * blocksPerGroup + (hasSuperblock(firstOfMeta) ? 1 : 0);
		}
		return block * blockSize + group % perBlock * descriptorSize;
	}

	/**
	 * With clusters, what lies before it belongs to the first group even of small blocks.
	 */
	private long superblockAt() {
		return OFFSET / blockSize;
	}

	/** Copies lie in groups 0 and 1 and the powers of 3, 5 and 7, or in all. */
	private boolean hasSuperblock(long group) {
		return (readOnly & SPARSE_SUPERBLOCKS) == 0 || group <= 1 || isPower(group, 3) || isPower(group, 5)
				|| isPower(group, 7);
	}

	private static boolean isPower(long number, int base) {
		long power = base;
		while (power < number) {
			power *= base;
		}
		return power == number;
	}

	static long unsigned(ByteBuffer bytes, int offset) {
		return Integer.toUnsignedLong(bytes.getInt(offset));
	}

	private static void require(boolean holds, String otherwise) throws Ext4Damage {
		if (!holds) {
			throw new Ext4Damage(otherwise);
		}
	}

}
