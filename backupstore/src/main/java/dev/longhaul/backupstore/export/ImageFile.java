package dev.longhaul.backupstore.export;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;

/**
 * A sparse file that gets its name only when it is whole and on disk. Until then it lies
 * beside its place under a name that says it is partial; closing it unfinished removes
 * it.
 */
final class ImageFile implements AutoCloseable {

	private final Path target;

	private final Path partial;

	private final RandomAccessFile file;

	private boolean finished;

	private ImageFile(Path target, Path partial, RandomAccessFile file) {
		this.target = target;
		this.partial = partial;
		this.file = file;
	}

	/**
	 * @param size of the file, holes included
	 * @param content how much of it will be written
	 * @throws RefusedRequest if it exists already, or there is no room or no permission
	 */
	static ImageFile create(Path target, ByteSize size, ByteSize content) {
		Path place = target.toAbsolutePath();
		Path partial = place.resolveSibling(place.getFileName() + ".partial-" + UUID.randomUUID());
		try {
			if (Files.exists(place)) {
				throw new FileAlreadyExistsException(place.toString());
			}
			requireRoom(place, content);
			RandomAccessFile file = new RandomAccessFile(Files.createFile(partial).toFile(), "rw");
			ImageFile image = new ImageFile(place, partial, file);
			image.setLength(size);
			return image;
		}
		catch (IOException ex) {
			throw refused(place, ex);
		}
	}

	/** Writes at a place of its own; several threads may do so at once. */
	void write(long offset, byte[] bytes) throws IOException {
		FileChannel channel = file.getChannel();
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			channel.write(buffer, offset + buffer.position());
		}
	}

	/** Puts everything on disk and gives the file its name, in this order. */
	void finish() throws IOException {
		file.getChannel().force(true);
		file.close();
		if (Files.exists(target)) {
			throw new FileAlreadyExistsException(target.toString());
		}
		Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
		finished = true;
		try (FileChannel directory = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
			directory.force(true);
		}
	}

	@Override
	public void close() throws IOException {
		file.close();
		if (!finished) {
			Files.deleteIfExists(partial);
		}
	}

	/** Says what a failure to write means and what to do about it. */
	static RefusedRequest refused(Path target, IOException cause) {
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		if (message.contains("no space left") || message.contains("quota") || message.contains("file too large")) {
			return new RefusedRequest(FailureCode.DISK_FULL, "no room left to write '%s'".formatted(target),
					"free some space or choose another place with --to; nothing was left behind", cause);
		}
		if (cause instanceof FileAlreadyExistsException) {
			return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(target),
					"choose another name with --to, or remove it first: an image is never overwritten", cause);
		}
		if (cause instanceof NoSuchFileException) {
			return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"the directory of '%s' does not exist".formatted(target), "make it first, or choose another",
					cause);
		}
		return new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
				"'%s' cannot be written: %s".formatted(target, cause.getMessage()),
				"check the permissions of its directory, or choose another place with --to", cause);
	}

	private void setLength(ByteSize size) throws IOException {
		try {
			file.setLength(size.bytes());
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	private static void requireRoom(Path place, ByteSize content) throws IOException {
		long usable = Files.getFileStore(place.resolveSibling(".")).getUsableSpace();
		if (usable < content.bytes()) {
			throw new RefusedRequest(FailureCode.DISK_FULL,
					"'%s' needs %s and its disk has %s left".formatted(place, content, new ByteSize(usable)),
					"free some space or choose another place with --to");
		}
	}

}
