package dev.longhaul.backupstore.format;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import net.jpountz.lz4.LZ4FrameInputStream;

/**
 * Decompresses stored blocks and compares them with the checksum that names them. Holds a
 * buffer of one block, so each thread has its own.
 */
public final class BlockDecoder {

	/** What no lz4 frame or gzip member of a block exceeds, beyond the block itself. */
	private static final int OVERHEAD = 128 * 1024;

	private final BlockSize blockSize;

	private final byte[] block;

	public BlockDecoder(BlockSize blockSize) {
		this.blockSize = blockSize;
		this.block = new byte[blockSize.bytes()];
	}

	/** More stored bytes than this are no block, and need not be fetched to know it. */
	public static long maxStoredSize(BlockSize blockSize) {
		return (long) blockSize.bytes() + OVERHEAD;
	}

	/** More stored bytes than this are no block of this decoder's size. */
	public long maxStoredSize() {
		return maxStoredSize(blockSize);
	}

	/**
	 * Decodes and checks a block.
	 * @param stored the object's bytes
	 * @param declared the methods that the backups using it name, at least one; for lz4
	 * and gzip the bytes themselves decide, because volumes exist whose blocks were
	 * written with both
	 * @return what is wrong, or {@link BlockFinding.Intact} whose bytes are valid until
	 * the next call
	 */
	public BlockFinding decode(byte[] stored, Set<CompressionMethod> declared, Checksum expected) {
		BlockFinding finding = null;
		for (CompressionMethod method : declared) {
			BlockFinding attempt = decodeAs(actualMethod(stored, method), stored, expected);
			if (attempt instanceof BlockFinding.Intact) {
				return attempt;
			}
			finding = (finding == null) ? attempt : finding;
		}
		return Objects.requireNonNull(finding, "a block is declared with at least one method");
	}

	private BlockFinding decodeAs(CompressionMethod method, byte[] stored, Checksum expected) {
		try {
			return judge(decompress(stored, method), method, expected);
		}
		catch (EOFException ex) {
			return new BlockFinding.Truncated(
					"ends within its compressed data after %d bytes".formatted(stored.length));
		}
		catch (ContentMismatchException ex) {
			return new BlockFinding.ChecksumMismatch("its content is not what its own compressed frame recorded");
		}
		catch (IOException | RuntimeException ex) {
			// The decompressors answer hostile bytes with many exceptions of the JDK and
			// their own.
			return new BlockFinding.Undecodable("cannot be decompressed: " + ex.getMessage());
		}
	}

	private BlockFinding judge(int length, CompressionMethod method, Checksum expected) {
		if (length < block.length && method == CompressionMethod.NONE) {
			return new BlockFinding.Truncated("has %d of %d bytes".formatted(length, block.length));
		}
		if (length != block.length) {
			return new BlockFinding.ChecksumMismatch("decompresses to %s bytes instead of %d"
				.formatted((length > block.length) ? "more" : String.valueOf(length), block.length));
		}
		Checksum actual = Checksum.of(block, length);
		return actual.equals(expected) ? new BlockFinding.Intact(block, method)
				: new BlockFinding.ChecksumMismatch("its content has the checksum " + actual);
	}

	private static CompressionMethod actualMethod(byte[] stored, CompressionMethod declared) {
		if (declared == CompressionMethod.NONE) {
			return declared;
		}
		if (startsWith(stored, 0x1F, 0x8B)) {
			return CompressionMethod.GZIP;
		}
		return startsWith(stored, 0x04, 0x22, 0x4D, 0x18) ? CompressionMethod.LZ4 : declared;
	}

	private static boolean startsWith(byte[] bytes, int... magic) {
		if (bytes.length < magic.length) {
			return false;
		}
		for (int i = 0; i < magic.length; i++) {
			if ((bytes[i] & 0xFF) != magic[i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * @return the length of the content, or one more than a block if there is more than
	 * that
	 */
	private int decompress(byte[] stored, CompressionMethod method) throws IOException {
		if (stored.length == 0) {
			throw new EOFException();
		}
		try (InputStream content = open(stored, method)) {
			int length = content.readNBytes(block, 0, block.length);
			// The trailing checksum of a frame is only read, and so checked, on reading
			// past the end.
			return (content.read() < 0) ? length : blockSize.bytes() + 1;
		}
		catch (ZipException ex) {
			throw (ex.getMessage() != null && ex.getMessage().contains("CRC")) ? new ContentMismatchException(ex) : ex;
		}
		catch (IOException ex) {
			throw classify(ex);
		}
	}

	private static InputStream open(byte[] stored, CompressionMethod method) throws IOException {
		InputStream bytes = new ByteArrayInputStream(stored);
		return switch (method) {
			case NONE -> bytes;
			case GZIP -> new GZIPInputStream(bytes, 64 * 1024);
			case LZ4 -> new LZ4FrameInputStream(bytes, true);
		};
	}

	/** The LZ4 library tells its cases apart by message only. */
	private static IOException classify(IOException ex) {
		String message = String.valueOf(ex.getMessage());
		if (message.contains("ended prematurely")) {
			EOFException truncated = new EOFException(message);
			truncated.initCause(ex);
			return truncated;
		}
		return message.contains("checksum mismatch") ? new ContentMismatchException(ex) : ex;
	}

	/** The compressed form carries a checksum of its own, and it does not match. */
	private static final class ContentMismatchException extends IOException {

		private static final long serialVersionUID = 1L;

		ContentMismatchException(IOException cause) {
			super(cause);
		}

	}

}
