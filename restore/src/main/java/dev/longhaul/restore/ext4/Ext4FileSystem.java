package dev.longhaul.restore.ext4;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.longhaul.core.volume.ByteSize;

/**
 * The files in an image of ext2, ext3 or ext4. Reads only. Not safe for several threads.
 */
public final class Ext4FileSystem implements Closeable {

	/** The inode of the directory that holds all others. */
	public static final long ROOT = 2;

	private static final int PIECE = 1 << 20;

	/** A link is no longer than a path may be. */
	private static final int LONGEST_LINK = 4096;

	/** Before the entries of a directory that lies in its inode: who holds it. */
	private static final int INLINE_PARENT = 4;

	private final ImageBytes image;

	private final Superblock superblock;

	private Ext4FileSystem(ImageBytes image, Superblock superblock) {
		this.image = image;
		this.superblock = superblock;
	}

	/**
	 * @throws Ext4Damage if there is no file system that can be read
	 */
	public static Ext4FileSystem open(Path file) throws IOException, Ext4Damage {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
		try {
			ImageBytes image = new ImageBytes(channel);
			Superblock superblock = Superblock.parse(image.read(Superblock.OFFSET, Superblock.SIZE));
			return new Ext4FileSystem(image, superblock);
		}
		catch (IOException | Ext4Damage | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Whether its journal holds what is not in its place yet, or files are open that have
	 * no name any more: it was in use when it was copied. What is read then may be older
	 * than what was written, or torn; e2fsck can replay the journal.
	 */
	public boolean isUnclean() {
		return superblock.isUnclean();
	}

	/** All its blocks, in use or not. */
	public ByteSize size() {
		return new ByteSize(superblock.blocks() * superblock.blockSize());
	}

	/**
	 * What its files take, with all that belongs to them; as it was last written down,
	 * which may be a little behind. All of it, if that is not known.
	 */
	public ByteSize used() throws IOException {
		long free = 0;
		try {
			for (long group = 0; group < superblock.groups(); group++) {
				ByteBuffer descriptor = descriptor(group);
				free += Short.toUnsignedLong(descriptor.getShort(0xC));
				free += superblock.isWide() ? Short.toUnsignedLong(descriptor.getShort(0x2C)) << 16 : 0;
			}
		}
		catch (Ext4Damage ex) {
			return size();
		}
		long freeBlocks = free * superblock.clusterBlocks();
		return (freeBlocks > superblock.blocks()) ? size()
				: new ByteSize((superblock.blocks() - freeBlocks) * superblock.blockSize());
	}

	/**
	 * @throws Ext4Damage if it has no such inode, or the inode is torn
	 */
	public Inode inode(long number) throws IOException, Ext4Damage {
		if (number < 1 || number > superblock.inodes()) {
			throw new Ext4Damage("there is no inode %d".formatted(number));
		}
		long group = (number - 1) / superblock.inodesPerGroup();
		ByteBuffer descriptor = descriptor(group);
		long table = Superblock.unsigned(descriptor, 0x8)
				| (superblock.isWide() ? Superblock.unsigned(descriptor, 0x28) << 32 : 0);
		if (table <= 0 || table >= superblock.blocks()) {
			throw new Ext4Damage("the table with inode %d is not in the file system".formatted(number));
		}
		long offset = table * superblock.blockSize()
				+ (number - 1) % superblock.inodesPerGroup() * superblock.inodeSize();
		return Inode.parse(number, image.read(offset, superblock.inodeSize()));
	}

	/**
	 * Tells all inodes that files can have and that are in use, whether a name leads to
	 * them or not; leaves out what cannot be read.
	 */
	public void inodes(InodeVisitor visitor) throws IOException {
		for (long number = Math.max(1, superblock.firstInode()); number <= superblock.inodes(); number++) {
			try {
				Inode inode = inode(number);
				if (inode.isInUse()) {
					visitor.inode(inode);
				}
			}
			catch (Ext4Damage ex) {
				// What it was, nobody can say.
			}
		}
	}

	/** Is told of inodes. */
	@FunctionalInterface
	public interface InodeVisitor {

		void inode(Inode inode) throws IOException;

	}

	private ByteBuffer descriptor(long group) throws IOException, Ext4Damage {
		return image.read(superblock.descriptor(group), superblock.descriptorSize());
	}

	/**
	 * Tells what is in a directory, the directory itself and the one it lies in not left
	 * out.
	 */
	public void entries(Inode directory, DirectoryVisitor visitor) throws IOException {
		try {
			directory.requireReadable();
			if (directory.isInline()) {
				ByteBuffer root = directory.root();
				entries(root.slice(INLINE_PARENT, Inode.ROOT_SIZE - INLINE_PARENT).order(root.order()), visitor);
				entries(directory.inlineRest(), visitor);
				return;
			}
			long[] told = { 0 };
			new BlockMap(image, superblock, (logical, physical, blocks) -> {
				long end = Math.min(logical + blocks, blocks(directory));
				for (long block = logical; block < end; block++) {
					told[0]++;
					entriesOfBlock(physical + block - logical, visitor);
				}
			}).walk(directory);
			if (told[0] < blocks(directory)) {
				throw new Ext4Damage(
						"%d of its %d blocks are missing".formatted(blocks(directory) - told[0], blocks(directory)));
			}
		}
		catch (Ext4Damage ex) {
			visitor.damaged(ex);
		}
	}

	private long blocks(Inode inode) {
		return (inode.size() + superblock.blockSize() - 1) / superblock.blockSize();
	}

	private void entriesOfBlock(long block, DirectoryVisitor visitor) throws IOException {
		try {
			entries(image.read(block * superblock.blockSize(), superblock.blockSize()), visitor);
		}
		catch (Ext4Damage ex) {
			visitor.damaged(ex);
		}
	}

	private void entries(ByteBuffer bytes, DirectoryVisitor visitor) throws IOException, Ext4Damage {
		int at = 0;
		while (at + 8 <= bytes.limit()) {
			long inode = Superblock.unsigned(bytes, at);
			int length = length(Short.toUnsignedInt(bytes.getShort(at + 4)));
			int nameLength = superblock.hasFileTypes() ? Byte.toUnsignedInt(bytes.get(at + 6))
					: Short.toUnsignedInt(bytes.getShort(at + 6));
			if (length < 8 || length % 4 != 0 || length > bytes.limit() - at || nameLength > length - 8) {
				throw new Ext4Damage("its entries cannot be read from %d on".formatted(at));
			}
			if (inode != 0 && nameLength > 0 && nameLength <= 255) {
				byte[] name = new byte[nameLength];
				bytes.get(at + 8, name);
				visitor.entry(name, inode);
			}
			at += length;
		}
	}

	/** In blocks of 64 KiB, 16 bits are too few for the length of an entry. */
	private int length(int stored) {
		if (superblock.blockSize() <= Short.MAX_VALUE + 1) {
			return stored;
		}
		return (stored == 0 || stored == 65535) ? superblock.blockSize() : (stored & 65532) | (stored & 3) << 16;
	}

	/**
	 * Where a symbolic link leads.
	 * @throws Ext4Damage if it cannot be read
	 */
	public byte[] link(Inode link) throws IOException, Ext4Damage {
		link.requireReadable();
		if (link.size() == 0 || link.size() > LONGEST_LINK) {
			throw new Ext4Damage("it leads to a path of %d bytes".formatted(link.size()));
		}
		byte[] target = new byte[(int) link.size()];
		if (link.size() < Inode.ROOT_SIZE && !link.has(Inode.EXTENTS)) {
			link.root().get(0, target);
			return target;
		}
		content(link, (offset, bytes, place) -> bytes.get(target, (int) offset, bytes.remaining()));
		return target;
	}

	/**
	 * Tells what a file holds.
	 * @throws Ext4Damage if it cannot be read to its end; what was told before is right
	 */
	public void content(Inode file, ContentVisitor visitor) throws IOException, Ext4Damage {
		file.requireReadable();
		if (file.isInline()) {
			inline(file, visitor);
			return;
		}
		int blockSize = superblock.blockSize();
		new BlockMap(image, superblock, (logical, physical, blocks) -> {
			long end = Math.min((logical + blocks) * blockSize, file.size());
			for (long offset = logical * blockSize; offset < end; offset += PIECE) {
				long place = physical * blockSize + offset - logical * blockSize;
				visitor.data(offset, image.read(place, (int) Math.min(PIECE, end - offset)), place);
			}
		}).walk(file);
	}

	private static void inline(Inode file, ContentVisitor visitor) throws IOException, Ext4Damage {
		ByteBuffer rest = file.inlineRest();
		if (file.size() > Inode.ROOT_SIZE + rest.limit()) {
			throw new Ext4Damage(
					"it has %d bytes, and its inode holds %d".formatted(file.size(), Inode.ROOT_SIZE + rest.limit()));
		}
		ByteBuffer all = ByteBuffer.allocate(Inode.ROOT_SIZE + rest.limit())
			.put(file.root().duplicate())
			.put(rest.duplicate());
		visitor.data(0, all.flip().limit((int) file.size()), 0);
	}

	@Override
	public void close() throws IOException {
		image.close();
	}

}
