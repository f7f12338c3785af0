package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;

/**
 * Says what an error of the file system means for the caller.
 */
final class DirectoryFailures {

	private DirectoryFailures() {
	}

	/**
	 * @param attempt what was attempted, as in "could not ..."
	 */
	static LonghaulException of(IOException cause, Path root, String attempt) {
		if (cause instanceof ClosedByInterruptException) {
			return new Interruption("interrupted while trying to %s in %s".formatted(attempt, root));
		}
		if (cause instanceof NoSuchFileException && Files.notExists(root)) {
			return noDirectory(root, cause);
		}
		if (cause instanceof AccessDeniedException) {
			return new RefusedRequest(FailureCode.TARGET_REFUSED,
					"could not %s in %s: no permission on %s".formatted(attempt, root, cause.getMessage()),
					"run as a user who may read and write the directory, or change its permissions", cause);
		}
		return new TransientFailure(FailureCode.TARGET_UNREACHABLE,
				"could not %s in %s: %s".formatted(attempt, root, reasonOf(cause)),
				"look at the disk or the share behind the directory, then try again", cause);
	}

	static LonghaulException ofWriting(IOException cause, Path root, String key, long bytes) {
		String attempt = "write '" + key + "'";
		if (cause instanceof ClosedByInterruptException) {
			return of(cause, root, attempt);
		}
		if (cause instanceof FileAlreadyExistsException || cause instanceof DirectoryNotEmptyException
				|| Files.isDirectory(root.resolve(key))) {
			return new RefusedRequest(FailureCode.TARGET_REFUSED,
					"%s cannot hold '%s': a part of the key is taken by another object".formatted(root, key),
					"use a bucket, where an object and others below it can be kept side by side", cause);
		}
		if (hasNoRoomFor(bytes, root)) {
			return new RefusedRequest(FailureCode.DISK_FULL,
					"no room for the %d bytes of '%s' on the disk of %s".formatted(bytes, key, root),
					"free some space on it, then run the same command again", cause);
		}
		return of(cause, root, attempt);
	}

	static LonghaulException noDirectory(Path root, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.BUCKET_NOT_FOUND, "the directory " + root + " does not exist",
				"mount the share or create the directory, then run the same command again", cause);
	}

	static LonghaulException symbolicLink(Path link) {
		return new RefusedRequest(FailureCode.TARGET_REFUSED,
				link + " is a symbolic link, and what it leads to is not part of the target",
				"put the files themselves in its place, or mount the other directory there");
	}

	/**
	 * Asks the disk instead of the error, whose text is in the language of the machine. A
	 * disk reports the last few blocks as usable though a write may not get them.
	 */
	private static boolean hasNoRoomFor(long bytes, Path root) {
		try {
			return Files.getFileStore(root).getUsableSpace() < bytes + Files.getFileStore(root).getBlockSize();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable String reasonOf(IOException cause) {
		return (cause instanceof FileSystemException fault && fault.getReason() != null) ? fault.getReason()
				: cause.toString();
	}

}
