package dev.longhaul.backupstore.export;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

import dev.longhaul.backupstore.format.Checksum;
import dev.longhaul.backupstore.format.CompressionMethod;
import dev.longhaul.backupstore.pipeline.WantedBlock;

/**
 * A stretch of a manifest's list of blocks, at 40 bytes per entry.
 */
final class BlockList {

	private static final int WORDS = 4;

	private int count;

	private long[] offsets = new long[1024];

	private long[] words = new long[WORDS * 1024];

	void add(long offset, Checksum checksum) {
		if (count == offsets.length) {
			offsets = Arrays.copyOf(offsets, count * 2);
			words = Arrays.copyOf(words, count * 2 * WORDS);
		}
		offsets[count] = offset;
		int at = count * WORDS;
		words[at] = checksum.w0();
		words[at + 1] = checksum.w1();
		words[at + 2] = checksum.w2();
		words[at + 3] = checksum.w3();
		count++;
	}

	void clear() {
		count = 0;
	}

	int size() {
		return count;
	}

	long offset(int number) {
		return offsets[number];
	}

	Iterator<WantedBlock> wanted(CompressionMethod method) {
		return new Iterator<>() {

			private int next;

			@Override
			public boolean hasNext() {
				return next < count;
			}

			@Override
			public WantedBlock next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				int at = next * WORDS;
				Checksum checksum = new Checksum(words[at], words[at + 1], words[at + 2], words[at + 3]);
				return new WantedBlock(next++, checksum, Set.of(method));
			}

		};
	}

}
