package dev.longhaul.core.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which file system lies on a volume, by the identifier it was given when it was made:
 * one that is formatted anew has another.
 */
public record FileSystem(Kind kind, UUID id) {

	/** So many bytes of a volume are enough to know. */
	public static final int BEGINNING = 2048;

	private static final int EXT_SUPERBLOCK = 1024;

	private static final short EXT_MAGIC = (short) 0xEF53;

	private static final byte[] XFS_MAGIC = "XFSB".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] LUKS_MAGIC = { 'L', 'U', 'K', 'S', (byte) 0xBA, (byte) 0xBE };

	private static final int LUKS_ID = 168;

	private static final int ID_TEXT = 36;

	private static final Pattern TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private static final UUID NONE = new UUID(0, 0);

	/** Those that are known by their first bytes. */
	public enum Kind {

		/** And its elders, which look alike. */
		EXT4("ext4"),

		XFS("xfs"),

		/** What lies within is as secret as the rest of the volume. */
		LUKS("LUKS");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		public String word() {
			return word;
		}

	}

	/**
	 * Empty for whatever else lies there, and for one without an identifier. Offsets are
	 * those of the superblocks of the Linux kernel (ext4: 0x38 and 0x68 of the one at
	 * 1024; XFS: 0 and 32) and of the header of LUKS 1 and 2 (0 and 168).
	 * @param beginning of a volume
	 */
	public static Optional<FileSystem> of(byte[] beginning) {
		if (beginning.length < BEGINNING) {
			return Optional.empty();
		}
		ByteBuffer bytes = ByteBuffer.wrap(beginning);
		if (startsWith(beginning, XFS_MAGIC)) {
			return known(Kind.XFS, uuid(bytes, 32));
		}
		if (startsWith(beginning, LUKS_MAGIC)) {
			String text = new String(beginning, LUKS_ID, ID_TEXT, StandardCharsets.US_ASCII);
			return TEXT.matcher(text).matches() ? known(Kind.LUKS, UUID.fromString(text)) : Optional.empty();
		}
		boolean ext = bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(EXT_SUPERBLOCK + 0x38) == EXT_MAGIC;
		return ext ? known(Kind.EXT4, uuid(bytes.order(ByteOrder.BIG_ENDIAN), EXT_SUPERBLOCK + 0x68))
				: Optional.empty();
	}

	private static boolean startsWith(byte[] bytes, byte[] magic) {
		for (int i = 0; i < magic.length; i++) {
			if (bytes[i] != magic[i]) {
				return false;
			}
		}
		return true;
	}

	private static UUID uuid(ByteBuffer bytes, int offset) {
		return new UUID(bytes.getLong(offset), bytes.getLong(offset + Long.BYTES));
	}

	private static Optional<FileSystem> known(Kind kind, UUID id) {
		return id.equals(NONE) ? Optional.empty() : Optional.of(new FileSystem(kind, id));
	}

	/** For people: {@code ext4 6f1b3c1e-…}. */
	@Override
	public String toString() {
		return kind.word() + " " + id;
	}

}
