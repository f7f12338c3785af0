package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.simulator.ext4.Chunks;
import dev.longhaul.simulator.ext4.Ext4Image;
import org.jspecify.annotations.Nullable;

/**
 * Copies the head into the image of a new snapshot, and finds out on the way what changed
 * since the one before.
 */
final class SnapshotImages {

	/** Zeros of this length become holes of the image. */
	private static final int HOLE = 64 * 1024;

	private final Ext4Image head;

	private final ByteSize size;

	SnapshotImages(Ext4Image head, ByteSize size) {
		this.head = head;
		this.size = size;
	}

	/**
	 * @param parent the snapshot before, if there is one
	 */
	Copied copy(Path image, Optional<ChainSnapshot> parent) throws IOException {
		BitSet before = parent.map(ChainSnapshot::written).orElseGet(BitSet::new);
		BitSet candidates = head.used(ChainSnapshot.STRETCH);
		candidates.or(before);
		Copied copied = new Copied(new BitSet(), new BitSet());
		try (FileChannel from = FileChannel.open(head.path(), StandardOpenOption.READ);
				FileChannel to = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
				FileChannel old = parent.isPresent() ? FileChannel.open(parent.get().image(), StandardOpenOption.READ)
						: null) {
			byte[] now = new byte[ChainSnapshot.STRETCH];
			byte[] then = new byte[ChainSnapshot.STRETCH];
			for (int number = candidates.nextSetBit(0); number >= 0; number = candidates.nextSetBit(number + 1)) {
				long position = (long) number * ChainSnapshot.STRETCH;
				int length = (int) Math.min(ChainSnapshot.STRETCH, size.bytes() - position);
				Chunks.read(from, position, now, length);
				readOld(old, position, then, length);
				if (!Arrays.equals(now, 0, length, then, 0, length)) {
					copied.changed().set(number);
				}
				if (before.get(number) || copied.changed().get(number)) {
					copied.written().set(number);
					write(to, position, now, length);
				}
			}
			extend(to);
		}
		return copied;
	}

	private static void readOld(@Nullable FileChannel old, long position, byte[] into, int length) throws IOException {
		if (old != null) {
			Chunks.read(old, position, into, length);
		}
	}

	private static void write(FileChannel to, long position, byte[] bytes, int length) throws IOException {
		for (int at = 0; at < length; at += HOLE) {
			int end = Math.min(length, at + HOLE);
			if (!Chunks.isZero(bytes, at, end)) {
				ByteBuffer buffer = ByteBuffer.wrap(bytes, at, end - at);
				while (buffer.hasRemaining()) {
					to.write(buffer, position + buffer.position());
				}
			}
		}
	}

	/** The last byte, so that the image is as long as the volume. */
	private void extend(FileChannel to) throws IOException {
		if (to.size() < size.bytes()) {
			to.write(ByteBuffer.allocate(1), size.bytes() - 1);
		}
	}

	/**
	 * What the copy has shown.
	 *
	 * @param written stretches in which anything was ever written
	 * @param changed stretches that differ from the parent
	 */
	record Copied(BitSet written, BitSet changed) {
	}

}
