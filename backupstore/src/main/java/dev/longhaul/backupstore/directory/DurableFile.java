package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A file that appears whole or not at all, and that a power failure does not take back:
 * written and flushed under a temporary name beside its place, moved there in one step,
 * and the directory flushed too.
 */
final class DurableFile {

	private static final Pattern TEMPORARY = Pattern.compile("\\.longhaul-[0-9a-f]{16}\\.tmp");

	private final Path root;

	private final Path file;

	DurableFile(Path root, Path file) {
		this.root = root;
		this.file = file;
	}

	static boolean isTemporary(Path file) {
		return TEMPORARY.matcher(file.getFileName().toString()).matches();
	}

	void write(byte[] content) throws IOException {
		try (Draft draft = draft()) {
			draft.write(ByteBuffer.wrap(content));
			draft.publish();
		}
	}

	Draft draft() throws IOException {
		Path directory = createDirectories();
		String name = ".longhaul-%016x.tmp".formatted(ThreadLocalRandom.current().nextLong());
		return new Draft(directory.resolve(name), file);
	}

	/** What is written of a file under its temporary name; closing removes the rest. */
	static final class Draft implements AutoCloseable {

		private final Path temporary;

		private final Path file;

		private final FileChannel channel;

		private Draft(Path temporary, Path file) throws IOException {
			this.temporary = temporary;
			this.file = file;
			this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
					LinkOption.NOFOLLOW_LINKS);
		}

		void write(ByteBuffer content) throws IOException {
			while (content.hasRemaining()) {
				channel.write(content);
			}
		}

		void publish() throws IOException {
			channel.force(true);
			channel.close();
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
			flushDirectory(file.resolveSibling("."));
		}

		@Override
		public void close() throws IOException {
			channel.close();
			Files.deleteIfExists(temporary);
		}

	}

	/** Creates what is missing between the root and the file, one level at a time. */
	private Path createDirectories() throws IOException {
		Path directory = root;
		for (Path name : root.relativize(file.getParent())) {
			Path parent = directory;
			directory = parent.resolve(name.toString());
			if (name.toString().isEmpty()) {
				continue;
			}
			try {
				Files.createDirectory(directory);
				flushDirectory(parent);
			}
			catch (FileAlreadyExistsException ex) {
				if (!DirectoryListing.attributesOf(directory).isDirectory()) {
					throw ex;
				}
			}
		}
		return directory;
	}

	private static void flushDirectory(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
