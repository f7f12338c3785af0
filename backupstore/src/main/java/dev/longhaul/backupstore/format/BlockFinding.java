package dev.longhaul.backupstore.format;

/**
 * What a stored block turned out to be.
 */
public sealed interface BlockFinding {

	/** For people, to follow the key of the block. */
	String detail();

	/**
	 * It has the checksum that names it.
	 *
	 * @param content the decoder's own buffer: valid until it decodes again
	 * @param stored how it is compressed, which may not be what a backup declares
	 */
	@SuppressWarnings("ArrayRecordComponent") // a view, never compared or kept
	record Intact(byte[] content, CompressionMethod stored) implements BlockFinding {

		@Override
		public String detail() {
			return "is intact";
		}

	}

	/** It ends too early. */
	record Truncated(String detail) implements BlockFinding {
	}

	/** It decompresses, to something else. */
	record ChecksumMismatch(String detail) implements BlockFinding {
	}

	/** It does not decompress. */
	record Undecodable(String detail) implements BlockFinding {
	}

}
