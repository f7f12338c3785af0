package dev.longhaul.gitops.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.definition.DefinitionFile;

/**
 * The files of a clone as they are on disk, committed or not.
 */
public final class WorkTree implements RepositoryFiles {

	private final Path root;

	/**
	 * @throws RefusedRequest if there is no such directory
	 */
	public WorkTree(Path root) {
		this.root = root;
		if (!Files.isDirectory(root)) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no directory '%s'".formatted(root),
					"name a clone of the GitOps repository");
		}
	}

	@Override
	public List<String> paths(String folder) {
		Path directory = root.resolve(folder);
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return List.of();
		}
		try (Stream<Path> tree = Files.walk(directory)) {
			return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
				.map(file -> root.relativize(file).toString().replace('\\', '/'))
				.filter(path -> !path.startsWith(".git/"))
				.limit(MOST_FILES)
				.sorted()
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			throw unreadable(directory, ex);
		}
	}

	@Override
	public Optional<String> text(String path) {
		Path file = root.resolve(path);
		if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return Optional.empty();
		}
		try (InputStream content = Files.newInputStream(file)) {
			return Optional.of(new String(content.readNBytes(DefinitionFile.LONGEST + 1), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw unreadable(file, ex);
		}
	}

	/**
	 * Writes files; nothing is committed.
	 * @param files the new texts by path
	 * @throws RefusedRequest if one cannot be written; some may have been
	 */
	public void write(Map<String, String> files) {
		for (Map.Entry<String, String> entry : files.entrySet()) {
			Path file = root.resolve(entry.getKey());
			try {
				Files.createDirectories(file.getParent());
				if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
						&& !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
					throw new IOException("it is no file");
				}
				Files.writeString(file, entry.getValue());
			}
			catch (IOException ex) {
				throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
						"'%s' cannot be written: %s".formatted(file, ex.getMessage()),
						"'git status' shows what was written so far", ex);
			}
		}
	}

	private static RefusedRequest unreadable(Path file, Exception failure) {
		return new RefusedRequest(FailureCode.INVALID_USAGE,
				"'%s' cannot be read: %s".formatted(file, failure.getMessage()), "look at its permissions", failure);
	}

}
