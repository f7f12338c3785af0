package dev.longhaul.backupstore.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

import dev.longhaul.backupstore.format.CompressionMethod;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/**
 * Turns a block into the object that is stored of it.
 */
final class BlockEncoder {

	private BlockEncoder() {
	}

	static byte[] encode(CompressionMethod compression, byte[] block) {
		if (compression == CompressionMethod.NONE) {
			return block.clone();
		}
		ByteArrayOutputStream encoded = new ByteArrayOutputStream(block.length / 2);
		try (OutputStream out = (compression == CompressionMethod.LZ4) ? lz4(encoded) : new GZIPOutputStream(encoded)) {
			out.write(block);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("writing to memory does not fail", ex);
		}
		return encoded.toByteArray();
	}

	/** Longhorn's frame: header 04 22 4D 18 64 70 B9. */
	private static OutputStream lz4(OutputStream encoded) throws IOException {
		return new LZ4FrameOutputStream(encoded, BLOCKSIZE.SIZE_4MB, FLG.Bits.BLOCK_INDEPENDENCE,
				FLG.Bits.CONTENT_CHECKSUM);
	}

}
