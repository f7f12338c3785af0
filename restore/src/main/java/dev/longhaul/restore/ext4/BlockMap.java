package dev.longhaul.restore.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the blocks of one file lie, told from its start to its end. A map that leads in
 * circles, back, or out of the file system ends with damage; what it told before is
 * right.
 */
final class BlockMap {

	private static final short MAGIC = (short) 0xF30A;

	private static final int ENTRY = 12;

	/** No map of ext4 is deeper. */
	private static final int DEEPEST = 5;

	/**
	 * An extent longer than this has room that was never written: its length, and this.
	 */
	private static final int LONGEST = 32768;

	private static final int DIRECT = 12;

	private static final int LEVELS = 3;

	private final ImageBytes image;

	private final Superblock superblock;

	private final RunVisitor visitor;

	private long next;

	private long nodes;

	BlockMap(ImageBytes image, Superblock superblock, RunVisitor visitor) {
		this.image = image;
		this.superblock = superblock;
		this.visitor = visitor;
	}

	void walk(Inode inode) throws IOException, Ext4Damage {
		if (inode.has(Inode.EXTENTS)) {
			extents(inode.root(), DEEPEST + 1, true);
		}
		else {
			pointers(inode);
		}
	}

	private void extents(ByteBuffer node, int below, boolean isRoot) throws IOException, Ext4Damage {
		int entries = Short.toUnsignedInt(node.getShort(2));
		int depth = Short.toUnsignedInt(node.getShort(6));
		if (node.getShort(0) != MAGIC || depth >= below || ENTRY + entries * ENTRY > node.limit()
				|| (entries == 0 && !isRoot)) {
			throw new Ext4Damage("the map of its blocks cannot be read");
		}
		for (int at = ENTRY; at <= entries * ENTRY; at += ENTRY) {
			if (depth == 0) {
				extent(node, at);
			}
			else {
				long child = Superblock.unsigned(node, at + 4)
						| (long) Short.toUnsignedInt(node.getShort(at + 8)) << 32;
				extents(block(child), depth, false);
			}
		}
	}

	private void extent(ByteBuffer node, int at) throws IOException, Ext4Damage {
		long logical = Superblock.unsigned(node, at);
		int length = Short.toUnsignedInt(node.getShort(at + 4));
		long physical = Superblock.unsigned(node, at + 8) | (long) Short.toUnsignedInt(node.getShort(at + 6)) << 32;
		boolean written = length <= LONGEST;
		run(logical, physical, written ? length : length - LONGEST, written);
	}

	private void run(long logical, long physical, int length, boolean written) throws IOException, Ext4Damage {
		if (logical < next || length == 0) {
			throw new Ext4Damage("the map of its blocks goes back");
		}
		requireWithin(physical, length);
		next = logical + length;
		if (written) {
			visitor.run(logical, physical, length);
		}
	}

	private void pointers(Inode inode) throws IOException, Ext4Damage {
		for (int i = 0; i < DIRECT; i++) {
			pointer(inode.root().getInt(i * 4), 0, i);
		}
		long perBlock = superblock.blockSize() / 4;
		long logical = DIRECT;
		long reach = perBlock;
		for (int level = 1; level <= LEVELS; level++) {
			pointer(inode.root().getInt((DIRECT + level - 1) * 4), level, logical);
			logical += reach;
			reach *= perBlock;
		}
	}

	/** A pointer that is 0 leads to nothing but zeros. */
	private void pointer(int pointer, int level, long logical) throws IOException, Ext4Damage {
		long block = Integer.toUnsignedLong(pointer);
		if (block == 0) {
			return;
		}
		if (level == 0) {
			run(logical, block, 1, true);
			return;
		}
		ByteBuffer node = block(block);
		int perBlock = superblock.blockSize() / 4;
		long reach = 1;
		for (int i = 1; i < level; i++) {
			reach *= perBlock;
		}
		for (int i = 0; i < perBlock; i++) {
			pointer(node.getInt(i * 4), level - 1, logical + i * reach);
		}
	}

	private ByteBuffer block(long number) throws IOException, Ext4Damage {
		requireWithin(number, 1);
		if (++nodes > superblock.blocks()) {
			throw new Ext4Damage("the map of its blocks has no end");
		}
		return image.read(number * superblock.blockSize(), superblock.blockSize());
	}

	private void requireWithin(long block, int length) throws Ext4Damage {
		if (block <= superblock.firstDataBlock() || block > superblock.blocks() - length) {
			throw new Ext4Damage("the map of its blocks leads out of the file system");
		}
	}

	/** Is told of stretches of blocks that lie in a row. */
	@FunctionalInterface
	interface RunVisitor {

		void run(long logical, long physical, int blocks) throws IOException, Ext4Damage;

	}

}
