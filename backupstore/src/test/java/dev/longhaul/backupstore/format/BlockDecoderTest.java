package dev.longhaul.backupstore.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlockDecoderTest {

	private static final Random RANDOM = new Random(17);

	/** Compresses to a few kilobytes, so that it can be cut after each of them. */
	private static final byte[] CONTENT = compressible(BlockSize.MIB_2);

	private static final Checksum CHECKSUM = Checksum.of(CONTENT, CONTENT.length);

	private final BlockDecoder decoder = new BlockDecoder(BlockSize.MIB_2);

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void findsAnIntactBlockIntact(CompressionMethod method) {
		BlockFinding finding = decode(compress(CONTENT, method), method);

		assertThat(finding).isInstanceOfSatisfying(BlockFinding.Intact.class,
				intact -> assertThat(intact.content()).isEqualTo(CONTENT));
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void readsBlocksOfSixteenMebibytes(CompressionMethod method) {
		byte[] large = compressible(BlockSize.MIB_16);

		BlockFinding finding = new BlockDecoder(BlockSize.MIB_16).decode(compress(large, method), Set.of(method),
				Checksum.of(large, large.length));

		assertThat(finding).isInstanceOf(BlockFinding.Intact.class);
	}

	@Test
	void readsAFrameAsLonghornsEngineWritesIt() {
		byte[] frame = compress(CONTENT, CompressionMethod.LZ4);

		assertThat(Arrays.copyOf(frame, 7)).containsExactly(0x04, 0x22, 0x4D, 0x18, 0x64, 0x70, 0xB9);
	}

	@ParameterizedTest
	@CsvSource({ "LZ4, GZIP", "GZIP, LZ4" })
	void believesTheBytesAboutLz4AndGzip(CompressionMethod stored, CompressionMethod declared) {
		assertThat(decode(compress(CONTENT, stored), declared)).isInstanceOf(BlockFinding.Intact.class);
	}

	@ParameterizedTest
	@EnumSource(value = CompressionMethod.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void takesNoCompressedBlockForOneThatIsDeclaredRaw(CompressionMethod stored) {
		assertThat(decode(compress(CONTENT, stored), CompressionMethod.NONE))
			.isInstanceOf(BlockFinding.Truncated.class);
	}

	@Test
	void takesNoRawBlockForOneThatIsDeclaredCompressed() {
		assertThat(decode(CONTENT, CompressionMethod.LZ4)).isInstanceOf(BlockFinding.Undecodable.class);
		assertThat(decode(CONTENT, CompressionMethod.GZIP)).isInstanceOf(BlockFinding.Undecodable.class);
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void findsABlockTruncatedWhereverItEnds(CompressionMethod method) {
		byte[] stored = compress(CONTENT, method);
		int step = (method == CompressionMethod.NONE) ? 65_521 : 1;

		for (int length = 0; length < stored.length; length += step) {
			assertThat(decode(Arrays.copyOf(stored, length), method)).as("%d of %d bytes", length, stored.length)
				.isInstanceOf(BlockFinding.Truncated.class);
		}
	}

	@ParameterizedTest
	@EnumSource(value = CompressionMethod.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void noticesEveryFlippedBitOfTheFirstAndLastBytesThatChangesTheContent(CompressionMethod method) {
		byte[] stored = compress(CONTENT, method);

		for (int position = 0; position < stored.length; position += (position == 63) ? stored.length - 127 : 1) {
			for (int bit = 0; bit < 8; bit++) {
				byte[] flipped = stored.clone();
				flipped[position] ^= (byte) (1 << bit);

				// Some bits of a header say nothing about the content, such as gzip's
				// time: those blocks are still what their checksum says.
				if (decode(flipped, method) instanceof BlockFinding.Intact intact) {
					assertThat(intact.content()).isEqualTo(CONTENT);
				}
			}
		}
	}

	@Test
	void noticesAFlippedBitAnywhereInAnLz4Frame() {
		byte[] stored = compress(CONTENT, CompressionMethod.LZ4);

		for (int position = 4; position < stored.length; position += 11) {
			byte[] flipped = stored.clone();
			flipped[position] ^= 0x10;

			assertThat(decode(flipped, CompressionMethod.LZ4)).as("byte %d", position)
				.isNotInstanceOf(BlockFinding.Intact.class);
		}
	}

	@Test
	void saysWhatTheContentIsInsteadWhereOnlyTheChecksumDiffers() {
		byte[] other = CONTENT.clone();
		other[1234] ^= 1;
		String actual = Checksum.of(other, other.length).hex();

		assertThat(decode(compress(other, CompressionMethod.LZ4), CompressionMethod.LZ4))
			.isEqualTo(new BlockFinding.ChecksumMismatch("its content has the checksum " + actual));
		assertThat(decode(other, CompressionMethod.NONE))
			.isEqualTo(new BlockFinding.ChecksumMismatch("its content has the checksum " + actual));
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void readsNoMoreThanABlockOfContentThatUnpacksToMore(CompressionMethod method) {
		byte[] more = Arrays.copyOf(CONTENT, CONTENT.length + 1);

		assertThat(decode(compress(more, method), method))
			.isEqualTo(new BlockFinding.ChecksumMismatch("decompresses to more bytes instead of 2097152"));
	}

	@ParameterizedTest
	@EnumSource(value = CompressionMethod.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void noticesAWholeFrameOfTooLittleContent(CompressionMethod method) {
		byte[] less = Arrays.copyOf(CONTENT, CONTENT.length - 1);

		assertThat(decode(compress(less, method), method))
			.isEqualTo(new BlockFinding.ChecksumMismatch("decompresses to 2097151 bytes instead of 2097152"));
	}

	@Test
	void survivesAnythingThatPretendsToBeAFrame() {
		for (int i = 0; i < 2000; i++) {
			byte[] noise = new byte[RANDOM.nextInt(4096)];
			RANDOM.nextBytes(noise);
			byte[] magic = (i % 2 == 0) ? new byte[] { 0x04, 0x22, 0x4D, 0x18, 0x64, 0x70, (byte) 0xB9 }
					: new byte[] { 0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0 };
			System.arraycopy(magic, 0, noise, 0, Math.min(magic.length, noise.length));

			assertThat(decode(noise, CompressionMethod.LZ4)).isNotInstanceOf(BlockFinding.Intact.class);
		}
	}

	@ParameterizedTest
	@EnumSource(CompressionMethod.class)
	void worksOnWithTheNextBlockAfterADamagedOne(CompressionMethod method) {
		byte[] stored = compress(CONTENT, method);

		decode(Arrays.copyOf(stored, stored.length / 2), method);

		assertThat(decode(stored, method)).isInstanceOf(BlockFinding.Intact.class);
	}

	@ParameterizedTest
	@EnumSource(BlockSize.class)
	void fetchesEvenTheLeastCompressibleBlock(BlockSize blockSize) {
		byte[] noise = new byte[blockSize.bytes()];
		RANDOM.nextBytes(noise);

		assertThat((long) compress(noise, CompressionMethod.LZ4).length)
			.isLessThanOrEqualTo(BlockDecoder.maxStoredSize(blockSize));
		assertThat((long) compress(noise, CompressionMethod.GZIP).length)
			.isLessThanOrEqualTo(BlockDecoder.maxStoredSize(blockSize));
	}

	private BlockFinding decode(byte[] stored, CompressionMethod declared) {
		return decoder.decode(stored, EnumSet.of(declared), CHECKSUM);
	}

	private static byte[] compressible(BlockSize blockSize) {
		byte[] content = new byte[blockSize.bytes()];
		byte[] noise = new byte[200];
		RANDOM.nextBytes(noise);
		System.arraycopy(noise, 0, content, 100_000, noise.length);
		return content;
	}

	private static byte[] compress(byte[] content, CompressionMethod method) {
		ByteArrayOutputStream stored = new ByteArrayOutputStream();
		try (OutputStream out = open(stored, method)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return stored.toByteArray();
	}

	private static OutputStream open(OutputStream stored, CompressionMethod method) throws IOException {
		return switch (method) {
			case NONE -> stored;
			case GZIP -> new GZIPOutputStream(stored);
			case LZ4 -> new LZ4FrameOutputStream(stored, LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB,
					FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM);
		};
	}

}
