package dev.longhaul.backupstore.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;

/**
 * A file that gets its name only when it is whole and on disk. Until then it lies beside
 * its place under a name that says it is partial; closing it unfinished removes it.
 * Nobody but its owner may read it: what comes out of a backup holds everything its
 * application knows. What goes wrong with it is a refusal and no {@link IOException},
 * which would look like a transfer that broke.
 */
public final class NewFile implements AutoCloseable {

	private final Path target;

	private final Path partial;

	private final FileChannel channel;

	private final boolean replaces;

	private NewFile(Path target, Path partial, FileChannel channel, boolean replaces) {
		this.target = target;
		this.partial = partial;
		this.channel = channel;
		this.replaces = replaces;
	}

	/**
	 * @param needed how much will be written
	 * @throws RefusedRequest if it exists already or cannot be made, or there is no room
	 * for it
	 */
	public static NewFile create(Path target, ByteSize needed) {
		return create(target, needed, false);
	}

	/**
	 * Takes the place of a file that is there, for whoever was told to. Until it is
	 * published that one stays as it is.
	 * @param needed how much will be written
	 * @throws RefusedRequest if it cannot be made, or there is no room for it
	 */
	public static NewFile createOrReplace(Path target, ByteSize needed) {
		return create(target, needed, true);
	}

	private static NewFile create(Path target, ByteSize needed, boolean replaces) {
		Path place = target.toAbsolutePath();
		Path partial = place.resolveSibling(place.getFileName() + ".partial-" + UUID.randomUUID());
		try {
			if (!replaces) {
				requireNew(place);
			}
			requireRoom(place, needed);
			Files.createFile(partial,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			return new NewFile(place, partial, FileChannel.open(partial, StandardOpenOption.WRITE), replaces);
		}
		catch (IOException ex) {
			throw refused(place, ex);
		}
	}

	private static void requireNew(Path place) throws IOException {
		if (Files.exists(place)) {
			throw new FileAlreadyExistsException(place.toString());
		}
	}

	private static void requireRoom(Path place, ByteSize needed) throws IOException {
		long usable = Files.getFileStore(place.resolveSibling(".")).getUsableSpace();
		if (usable < needed.bytes()) {
			throw new RefusedRequest(FailureCode.DISK_FULL,
					"'%s' needs %s and its disk has %s left".formatted(place, needed, new ByteSize(usable)),
					"free some space or choose another place with --to");
		}
	}

	/** Makes it so long, with a hole where nothing is written. */
	public void extend(ByteSize size) {
		if (size.bytes() > 0) {
			write(size.bytes() - 1, new byte[1]);
		}
	}

	/** Writes at a place of its own; several threads may do so at once. */
	public void write(long offset, byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		try {
			while (buffer.hasRemaining()) {
				channel.write(buffer, offset + buffer.position());
			}
		}
		catch (IOException ex) {
			throw refused(target, ex);
		}
	}

	/**
	 * Empties it, to be written from its start to its end. Closing what is returned
	 * leaves it open.
	 */
	public OutputStream rewound() {
		try {
			channel.truncate(0);
		}
		catch (IOException ex) {
			throw refused(target, ex);
		}
		return new OutputStream() {

			@Override
			public void write(int oneByte) {
				write(new byte[] { (byte) oneByte }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				append(ByteBuffer.wrap(bytes, offset, length));
			}

		};
	}

	private void append(ByteBuffer bytes) {
		try {
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
		}
		catch (IOException ex) {
			throw refused(target, ex);
		}
	}

	/** Puts everything on disk and gives the file its name, in this order. */
	public void publish() {
		try {
			channel.force(true);
			channel.close();
			if (!replaces) {
				requireNew(target);
			}
			Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
			try (FileChannel directory = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
				directory.force(true);
			}
		}
		catch (IOException ex) {
			throw refused(target, ex);
		}
	}

	@Override
	public void close() {
		try {
			channel.close();
			Files.deleteIfExists(partial);
		}
		catch (IOException ex) {
			throw refused(target, ex);
		}
	}

	/**
	 * Says what a failure to write a file means and what to do about it: mostly a
	 * {@link RefusedRequest}, and an {@link Interruption} if the thread was told to stop,
	 * which closes the channel it writes to.
	 */
	public static LonghaulException refused(Path file, IOException cause) {
		if (cause instanceof ClosedByInterruptException) {
			return new Interruption("interrupted while writing '%s'".formatted(file));
		}
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		if (message.contains("no space left") || message.contains("quota") || message.contains("file too large")) {
			return new RefusedRequest(FailureCode.DISK_FULL, "no room left to write '%s'".formatted(file),
					"free some space or choose another place with --to; nothing was left behind", cause);
		}
		if (cause instanceof FileAlreadyExistsException) {
			return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(file),
					"choose another name with --to, or remove it first: nothing is ever overwritten", cause);
		}
		if (cause instanceof NoSuchFileException) {
			return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"the directory of '%s' does not exist".formatted(file), "make it first, or choose another", cause);
		}
		return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
				"'%s' cannot be written: %s".formatted(file, cause.getMessage()),
				"check the permissions of its directory, or choose another place with --to", cause);
	}

}
