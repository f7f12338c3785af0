package dev.longhaul.restore.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a file system knows of a file, apart from its names.
 *
 * @param permissions the lower 12 bits of its mode
 * @param size in bytes
 * @param links names it should have; 0 if it is not in use
 * @param root of the map of its blocks, or what it is short enough to hold itself
 * @param attributes that lie in the inode, as they are stored
 */
public record Inode(long number, Kind kind, int permissions, long uid, long gid, long size, Instant modified, int links,
		int flags, ByteBuffer root, ByteBuffer attributes) {

	static final int EXTENTS = 0x80000;

	private static final int COMPRESSED = 0x4;

	/** It holds an attribute of another. */
	private static final int ATTRIBUTE = 0x200000;

	private static final int ENCRYPTED = 0x800;

	private static final int INLINE = 0x10000000;

	private static final int FIRST_SIZE = 128;

	private static final int ROOT = 0x28;

	static final int ROOT_SIZE = 60;

	private static final int ATTRIBUTES_MAGIC = 0xEA020000;

	private static final int SYSTEM_ATTRIBUTE = 7;

	/** 16 TiB, what ext4 can address with blocks of 4 KiB, and 16 times that. */
	private static final long LARGEST = 1L << 48;

	/** What a file can be. */
	public enum Kind {

		FILE("file", 0x8), DIRECTORY("directory", 0x4), LINK("symlink", 0xA), PIPE("fifo", 0x1), SOCKET("socket", 0xC),
		CHARACTER_DEVICE("character device", 0x2), BLOCK_DEVICE("block device", 0x6), NOTHING("nothing", 0x0);

		private final String word;

		private final int code;

		Kind(String word, int code) {
			this.word = word;
			this.code = code;
		}

		public String word() {
			return word;
		}

		private static Kind of(int mode) {
			for (Kind kind : values()) {
				if (kind.code == mode >>> 12) {
					return kind;
				}
			}
			return NOTHING;
		}

	}

	static Inode parse(long number, ByteBuffer bytes) throws Ext4Damage {
		int mode = Short.toUnsignedInt(bytes.getShort(0));
		Kind kind = Kind.of(mode);
		int extra = (bytes.limit() > FIRST_SIZE) ? Short.toUnsignedInt(bytes.getShort(FIRST_SIZE)) : 0;
		boolean hasExtra = extra % 4 == 0 && FIRST_SIZE + extra <= bytes.limit();
		long size = Superblock.unsigned(bytes, 0x4) | Superblock.unsigned(bytes, 0x6C) << 32;
		if (size < 0 || size > LARGEST) {
			throw new Ext4Damage("inode %d has an impossible size".formatted(number));
		}
		return new Inode(number, kind, mode & 07777, wide(bytes, 0x2, 0x78), wide(bytes, 0x18, 0x7A), size,
				modified(bytes, hasExtra && extra >= 12), Short.toUnsignedInt(bytes.getShort(0x1A)), bytes.getInt(0x20),
				part(bytes, ROOT, ROOT_SIZE), (hasExtra && extra > 0)
						? part(bytes, FIRST_SIZE + extra, bytes.limit() - FIRST_SIZE - extra) : part(bytes, 0, 0));
	}

	private static long wide(ByteBuffer bytes, int low, int high) {
		return Short.toUnsignedLong(bytes.getShort(low)) | Short.toUnsignedLong(bytes.getShort(high)) << 16;
	}

	/** Two bits more for the seconds, 30 for their billionths. */
	private static Instant modified(ByteBuffer bytes, boolean hasExtra) {
		long seconds = bytes.getInt(0x10);
		if (!hasExtra) {
			return Instant.ofEpochSecond(seconds);
		}
		int extra = bytes.getInt(0x88);
		return Instant.ofEpochSecond(seconds + ((extra & 3L) << 32), Math.min(extra >>> 2, 999_999_999));
	}

	private static ByteBuffer part(ByteBuffer bytes, int offset, int length) {
		return bytes.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
	}

	boolean has(int flag) {
		return (flags & flag) != 0;
	}

	/** Whether a name should lead to it. */
	public boolean isInUse() {
		return kind != Kind.NOTHING && links > 0 && !has(ATTRIBUTE);
	}

	boolean isInline() {
		return has(INLINE);
	}

	/**
	 * Whether what it holds can be understood.
	 * @throws Ext4Damage if not, with the reason
	 */
	void requireReadable() throws Ext4Damage {
		if (has(ENCRYPTED)) {
			throw new Ext4Damage("it is encrypted by the file system, whose key is not in the backup");
		}
		if (has(COMPRESSED)) {
			throw new Ext4Damage("it is compressed in a way that no kernel reads any more");
		}
	}

	/**
	 * The beginning of what an inode holds itself, and what of it stands among its
	 * attributes.
	 */
	ByteBuffer inlineRest() throws Ext4Damage {
		ByteBuffer all = attributes;
		if (all.limit() < 4 || all.getInt(0) != ATTRIBUTES_MAGIC) {
			return all.slice(0, 0);
		}
		int at = 4;
		while (at + 16 <= all.limit() && all.getInt(at) != 0) {
			int nameLength = Byte.toUnsignedInt(all.get(at));
			int offset = 4 + Short.toUnsignedInt(all.getShort(at + 2));
			long length = Superblock.unsigned(all, at + 8);
			if (at + 16 + nameLength > all.limit()) {
				throw new Ext4Damage("the attributes of inode %d are torn".formatted(number));
			}
			if (all.get(at + 1) == SYSTEM_ATTRIBUTE && name(all, at + 16, nameLength).equals("data")) {
				if (all.getInt(at + 4) != 0 || offset + length > all.limit()) {
					throw new Ext4Damage("the attributes of inode %d are torn".formatted(number));
				}
				return part(all, offset, (int) length);
			}
			at += (16 + nameLength + 3) & ~3;
		}
		return all.slice(0, 0);
	}

	private static String name(ByteBuffer bytes, int offset, int length) {
		byte[] name = new byte[length];
		bytes.get(offset, name);
		return new String(name, StandardCharsets.ISO_8859_1);
	}

	/** The contents are nobody's business. */
	@Override
	public String toString() {
		return "Inode[%d, %s, %d bytes]".formatted(number, kind.word(), size);
	}

}
