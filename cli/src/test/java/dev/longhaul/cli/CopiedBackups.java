package dev.longhaul.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.stream.Stream;

import dev.longhaul.backupstore.testing.RealBackups;

/**
 * A copy of backups that Longhorn's own engine wrote, aged a day, so that its locks are
 * as stale as they were found.
 *
 * @param root of the target
 */
record CopiedBackups(Path root) {

	static CopiedBackups of(String set, Path directory) {
		Path original = RealBackups.findOrAbort().target(set);
		Path root = directory.resolve(set);
		try (Stream<Path> files = Files.walk(original)) {
			files.forEach(file -> copy(file, root.resolve(original.relativize(file))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new CopiedBackups(root);
	}

	String url() {
		return "file://" + root;
	}

	Path file(String key) {
		return root.resolve(key);
	}

	private static void copy(Path from, Path to) {
		try {
			if (Files.isDirectory(from)) {
				Files.createDirectories(to);
				return;
			}
			Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
			to.toFile().setWritable(true);
			Files.setLastModifiedTime(to, FileTime.from(Cli.NOW.minus(Duration.ofDays(1))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
