package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * The temporary files below a folder that nobody writes any more. Links are not followed.
 */
final class UnfinishedFiles extends SimpleFileVisitor<Path> {

	private final Path folder;

	private final Instant before;

	private int deleted;

	/**
	 * @param before how old a file must be at least, by its last modification
	 */
	UnfinishedFiles(Path folder, Instant before) {
		this.folder = folder;
		this.before = before;
	}

	/**
	 * @return how many there were
	 */
	int delete() throws IOException {
		Files.walkFileTree(folder, this);
		return deleted;
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
		if (attributes.isRegularFile() && DurableFile.isTemporary(file)
				&& attributes.lastModifiedTime().toInstant().isBefore(before)) {
			deleted += Files.deleteIfExists(file) ? 1 : 0;
		}
		return FileVisitResult.CONTINUE;
	}

	/** Deleted meanwhile, or a folder in which nothing was ever begun. */
	@Override
	public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
		if (failure instanceof NoSuchFileException) {
			return FileVisitResult.CONTINUE;
		}
		throw failure;
	}

}
