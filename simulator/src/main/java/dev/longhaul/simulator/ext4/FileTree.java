package dev.longhaul.simulator.ext4;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is in a directory, by path: {@code /} is the directory itself, and every other
 * path begins with a slash and comes after the directory it is in.
 * <p>
 * Sockets, pipes and devices are left out, for no application keeps data in them; so is
 * {@code lost+found}, which every ext4 filesystem has of its own.
 */
record FileTree(Path root, NavigableMap<String, TreeEntry> entries) {

	private static final String LOST_AND_FOUND = "/lost+found";

	static FileTree scan(Path root) throws IOException {
		Scan scan = new Scan(root);
		Files.walkFileTree(root, scan);
		return new FileTree(root, scan.entries);
	}

	Path file(String path) {
		return root.resolve(path.substring(1));
	}

	/** Collects while it walks. A name that goes away meanwhile is not there. */
	private static final class Scan extends SimpleFileVisitor<Path> {

		private final Path root;

		private final NavigableMap<String, TreeEntry> entries = new TreeMap<>();

		private final Map<Long, String> firstNames = new HashMap<>();

		private Scan(Path root) {
			this.root = root;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
			String path = pathOf(directory);
			if (path.equals(LOST_AND_FOUND)) {
				return FileVisitResult.SKIP_SUBTREE;
			}
			entries.put(path, Attributes.of(directory).entry(TreeEntry.Kind.DIRECTORY, ""));
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			try {
				if (attributes.isSymbolicLink()) {
					entries.put(pathOf(file), Attributes.of(file)
						.entry(TreeEntry.Kind.SYMBOLIC_LINK, Files.readSymbolicLink(file).toString()));
				}
				else if (attributes.isRegularFile()) {
					visitRegularFile(file);
				}
			}
			catch (NoSuchFileException ex) {
				return FileVisitResult.CONTINUE;
			}
			return FileVisitResult.CONTINUE;
		}

		private void visitRegularFile(Path file) throws IOException {
			String path = pathOf(file);
			Attributes attributes = Attributes.of(file);
			if (attributes.links() > 1) {
				String first = firstNames.putIfAbsent(attributes.inode(), path);
				if (first != null) {
					entries.computeIfPresent(first, (name, entry) -> entry.withLinks(entry.links() + 1));
					entries.put(path, attributes.entry(TreeEntry.Kind.HARD_LINK, first));
					return;
				}
			}
			entries.put(path, attributes.entry(TreeEntry.Kind.FILE, ""));
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
			if (ex instanceof NoSuchFileException && !file.equals(root)) {
				return FileVisitResult.CONTINUE;
			}
			throw ex;
		}

		private String pathOf(Path file) {
			String path = "/" + root.relativize(file);
			if (path.chars().anyMatch(Character::isISOControl)) {
				throw new IllegalArgumentException(
						"a file name with a control character cannot be told to e2fsprogs: " + file);
			}
			return path;
		}

	}

	/** What {@code lstat} says. */
	private record Attributes(int mode, int uid, int gid, long size, Instant modified, long inode, int links) {

		private static final String NAMES = "unix:mode,uid,gid,size,lastModifiedTime,ino,nlink";

		static Attributes of(Path file) throws IOException {
			Map<String, Object> all = Files.readAttributes(file, NAMES, LinkOption.NOFOLLOW_LINKS);
			return new Attributes(get(all, "mode", Integer.class), get(all, "uid", Integer.class),
					get(all, "gid", Integer.class), get(all, "size", Long.class),
					get(all, "lastModifiedTime", FileTime.class).toInstant(), get(all, "ino", Long.class),
					get(all, "nlink", Integer.class));
		}

		private static <T> T get(Map<String, Object> all, String name, Class<T> type) {
			return type.cast(Objects.requireNonNull(all.get(name), name));
		}

		TreeEntry entry(TreeEntry.Kind kind, String target) {
			return new TreeEntry(kind, mode, uid, gid, (kind == TreeEntry.Kind.FILE) ? size : 0, modified, target, 1);
		}

	}

}
