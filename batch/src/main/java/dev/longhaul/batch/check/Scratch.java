package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * A directory for what is put together to be looked at. Each piece of work has a room in
 * it that only the server's user may enter, and that goes with it; a room of a process
 * that was killed is known by its lock being free.
 *
 * @param limit of what a room may hold
 */
public record Scratch(Path directory, ByteSize limit) {

	private static final String ROOM = "check-";

	private static final String LOCK = "lock";

	/**
	 * Opens a room.
	 * @throws RefusedRequest if the directory cannot be used
	 */
	Room room() {
		try {
			Files.createDirectories(directory);
			Path path = Files.createTempDirectory(directory, ROOM,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			return Room.in(path, limit);
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
	}

	RefusedRequest unusable(IOException cause) {
		return Impossible.because("the scratch directory '%s' cannot be used: %s".formatted(directory, cause),
				"look at its disk and permissions, or name another with longhaul.checks.scratch", cause);
	}

	/**
	 * Removes the rooms of processes that are gone.
	 * @return how many
	 * @throws RefusedRequest if one cannot be removed
	 */
	public int sweep() {
		if (!Files.isDirectory(directory)) {
			return 0;
		}
		int removed = 0;
		try (DirectoryStream<Path> rooms = Files.newDirectoryStream(directory, ROOM + "*")) {
			for (Path room : rooms) {
				removed += removeIfLeft(room);
			}
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
		return removed;
	}

	private static int removeIfLeft(Path room) throws IOException {
		try (FileChannel channel = FileChannel.open(room.resolve(LOCK), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			FileLock lock = channel.tryLock();
			if (lock == null) {
				return 0;
			}
			remove(room);
			return 1;
		}
		catch (OverlappingFileLockException ex) {
			return 0;
		}
	}

	private static void remove(Path room) throws IOException {
		Files.walkFileTree(room, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
					throws IOException {
				Files.delete(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/** Part of the scratch directory, until it is closed. */
	static final class Room implements AutoCloseable {

		private final Path path;

		private final ByteSize limit;

		private final FileChannel lock;

		private long held;

		private Room(Path path, ByteSize limit, FileChannel lock) {
			this.path = path;
			this.limit = limit;
			this.lock = lock;
		}

		private static Room in(Path path, ByteSize limit) throws IOException {
			FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			channel.lock();
			return new Room(path, limit, channel);
		}

		Path path() {
			return path;
		}

		/**
		 * Asks for room before it is taken.
		 * @param what for a sentence
		 * @throws RefusedRequest if there is not enough
		 */
		void take(ByteSize size, String what) {
			if (size.bytes() > limit.bytes() - held) {
				throw Impossible.because(
						"%s needs %s of scratch space, and %s of %s are left".formatted(what, size,
								new ByteSize(limit.bytes() - held), limit),
						"raise longhaul.checks.scratch-limit, if the disk has the room");
			}
			held += size.bytes();
		}

		/** Removed before the lock goes: a room without one would be anybody's. */
		@Override
		public void close() throws IOException {
			try {
				remove(path);
			}
			finally {
				lock.close();
			}
		}

	}

}
