package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;

/**
 * One page of the files below a root, in the order a bucket would list them. Walks only
 * into directories that can hold keys of the page, and holds the names of one directory
 * at each depth.
 */
final class DirectoryListing {

	private static final int PAGE = 1000;

	private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::key, ObjectKeys.ORDER);

	private final Path root;

	private final String prefix;

	private final String startAfter;

	private final List<ObjectInfo> objects = new ArrayList<>();

	private boolean truncated;

	DirectoryListing(Path root, String prefix, String startAfter) {
		this.root = root;
		this.prefix = prefix;
		this.startAfter = startAfter;
	}

	ObjectPage page() throws IOException {
		walk(root, "");
		return new ObjectPage(objects, truncated);
	}

	/**
	 * @param keyOfDirectory ends with a slash, or is empty for the root
	 */
	private void walk(Path directory, String keyOfDirectory) throws IOException {
		for (Entry entry : entriesOf(directory, keyOfDirectory)) {
			if (truncated) {
				return;
			}
			if (entry.isDirectory()) {
				walk(entry.path(), entry.key());
			}
			else {
				add(entry);
			}
		}
	}

	private void add(Entry entry) {
		if (objects.size() == PAGE) {
			truncated = true;
			return;
		}
		BasicFileAttributes attributes = entry.attributes();
		objects.add(new ObjectInfo(entry.key(), attributes.size(), attributes.lastModifiedTime().toInstant()));
	}

	private List<Entry> entriesOf(Path directory, String keyOfDirectory) throws IOException {
		List<Entry> entries = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				addTo(entries, file, keyOfDirectory + file.getFileName());
			}
		}
		catch (NoSuchFileException ex) {
			// Deleted since its parent was read; the root itself must be there.
			if (directory.equals(root)) {
				throw ex;
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		entries.sort(ORDER);
		return entries;
	}

	/**
	 * Leaves out, without looking at it, what cannot be or hold an object of the page.
	 */
	private void addTo(List<Entry> entries, Path file, String key) throws IOException {
		if (!mayConcern(key) || DurableFile.isTemporary(file)) {
			return;
		}
		try {
			BasicFileAttributes attributes = attributesOf(file);
			if (attributes.isDirectory() && mayHold(key + "/")) {
				entries.add(new Entry(key + "/", file, attributes));
			}
			else if (attributes.isRegularFile() && key.startsWith(prefix) && isAfterStart(key)) {
				entries.add(new Entry(key, file, attributes));
			}
		}
		catch (NoSuchFileException ex) {
			// Deleted since the directory was read.
		}
	}

	private boolean mayConcern(String key) {
		return (key.startsWith(prefix) && isAfterStart(key)) || mayHold(key + "/");
	}

	private boolean mayHold(String keyOfDirectory) {
		boolean holdsPrefix = keyOfDirectory.startsWith(prefix) || prefix.startsWith(keyOfDirectory);
		return holdsPrefix && (startAfter.startsWith(keyOfDirectory) || isAfterStart(keyOfDirectory));
	}

	private boolean isAfterStart(String key) {
		return startAfter.isEmpty() || ObjectKeys.ORDER.compare(key, startAfter) > 0;
	}

	/**
	 * Looks at a file without following it.
	 * @throws dev.longhaul.core.failure.RefusedRequest if it is a symbolic link
	 */
	static BasicFileAttributes attributesOf(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (attributes.isSymbolicLink()) {
			throw DirectoryFailures.symbolicLink(file);
		}
		return attributes;
	}

	/**
	 * @param key ends with a slash for a directory, which puts it in its place among
	 * files: {@code a.b} comes before {@code a/}
	 */
	private record Entry(String key, Path path, BasicFileAttributes attributes) {

		boolean isDirectory() {
			return attributes.isDirectory();
		}

	}

}
