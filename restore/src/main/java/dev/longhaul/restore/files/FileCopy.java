package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.ext4.ContentVisitor;
import dev.longhaul.restore.ext4.Ext4Damage;
import dev.longhaul.restore.ext4.Ext4FileSystem;
import dev.longhaul.restore.ext4.Inode;
import org.jspecify.annotations.Nullable;

/**
 * Copies the content of files, holes as holes. All files together hold no more than the
 * file system does: one that says otherwise would fill the disk.
 */
final class FileCopy {

	/** To count them as zeros takes a second for each. */
	private static final long MOST_HOLES_HASHED = 1L << 30;

	private static final byte[] ZEROS = new byte[1 << 16];

	private final Ext4FileSystem source;

	private final LostRanges lost;

	private final FilesListener listener;

	private final Attributes attributes;

	private long left;

	FileCopy(Ext4FileSystem source, LostRanges lost, Attributes attributes, FilesListener listener) {
		this.source = source;
		this.lost = lost;
		this.attributes = attributes;
		this.listener = listener;
		this.left = source.size().bytes();
	}

	/**
	 * @param place must not exist
	 * @throws java.nio.file.FileAlreadyExistsException if it does
	 */
	Outcome copy(Path place, Inode inode) throws IOException {
		Files.createFile(place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Outcome outcome;
		try (RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw")) {
			file.setLength(inode.size());
			outcome = new Content(file, inode).copy();
		}
		catch (IOException ex) {
			Files.delete(place);
			throw ex;
		}
		attributes.give(place, inode);
		return outcome;
	}

	/**
	 * What became of a file.
	 *
	 * @param sha256 of all of it; null if it was not computed
	 * @param problem null if it is as it was
	 */
	record Outcome(@Nullable String sha256, @Nullable String problem) {
	}

	/** One file while it is copied. */
	private final class Content implements ContentVisitor {

		private final RandomAccessFile file;

		private final Inode inode;

		private final Sha256 digest = new Sha256();

		private final List<String> problems = new ArrayList<>();

		private long hashed;

		private long holes;

		private long lostBytes;

		private long firstLost;

		Content(RandomAccessFile file, Inode inode) {
			this.file = file;
			this.inode = inode;
		}

		Outcome copy() throws IOException {
			try {
				source.content(inode, this);
			}
			catch (Ext4Damage ex) {
				problems.add("%s; it is zeros from byte %d on".formatted(ex.words(), hashed));
			}
			hashHole(inode.size());
			if (lostBytes > 0) {
				problems.add(0, "%s of it, from byte %d on, are lost and zeros instead"
					.formatted(new ByteSize(lostBytes), firstLost));
			}
			String sha256 = digest.finish();
			return new Outcome((holes > MOST_HOLES_HASHED) ? null : sha256,
					problems.isEmpty() ? null : String.join("; ", problems));
		}

		@Override
		public void data(long offset, ByteBuffer bytes, long place) throws IOException {
			if (Thread.currentThread().isInterrupted()) {
				throw new Interruption("interrupted while copying files");
			}
			int length = bytes.remaining();
			if (length > left) {
				if (problems.isEmpty()) {
					problems
						.add("all files together would be larger than their file system; it is zeros from byte %d on"
							.formatted(offset));
				}
				return;
			}
			left -= length;
			noteLost(offset, place, length);
			hashHole(offset);
			digest.add(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
			hashed = offset + length;
			file.seek(offset);
			file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
			listener.copied(length);
		}

		private void noteLost(long offset, long place, int length) {
			long here = lost.within(place, length);
			if (here > 0) {
				firstLost = (lostBytes == 0) ? offset : firstLost;
				lostBytes += here;
			}
		}

		private void hashHole(long end) {
			holes += Math.max(0, end - hashed);
			while (hashed < end && holes <= MOST_HOLES_HASHED) {
				int length = (int) Math.min(ZEROS.length, end - hashed);
				digest.add(ZEROS, 0, length);
				hashed += length;
			}
			hashed = Math.max(hashed, end);
		}

	}

}
