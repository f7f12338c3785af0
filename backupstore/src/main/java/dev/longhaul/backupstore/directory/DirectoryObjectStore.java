package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoreFacts.ObjectLock;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.WholeContent;

/**
 * Objects as files: the path below the root is the key.
 * <p>
 * A symbolic link below the root is refused wherever it is met, because following it may
 * lead out of the root and leaving it out would report what lies behind it as absent.
 * Unlike a bucket, a directory cannot hold an object and others below it ({@code a} and
 * {@code a/b}); such a {@link #put} is refused.
 * <p>
 * A put that a killed process left half done stays behind as a file named
 * {@code .longhaul-<16 hex>.tmp}. Files of such a name are never objects, and keys that
 * end in one are refused.
 */
public final class DirectoryObjectStore implements StreamingStore {

	private final Path root;

	/**
	 * @param root need not exist before the first call, which is then refused
	 */
	public DirectoryObjectStore(Path root) {
		this.root = root.toAbsolutePath().normalize();
	}

	@Override
	public String describe() {
		return root.toString();
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		try {
			requireRoot();
			return new DirectoryListing(root, prefix, startAfter).page();
		}
		catch (IOException ex) {
			throw DirectoryFailures.of(ex, root, "list '" + prefix + "'");
		}
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		Path file = fileOf(key);
		try {
			return attributesOf(file).map(attributes -> info(key, attributes.size(), attributes));
		}
		catch (IOException ex) {
			throw DirectoryFailures.of(ex, root, "look at '" + key + "'");
		}
	}

	@Override
	public Optional<StoredObject> open(String key) {
		Path file = fileOf(key);
		try {
			Optional<BasicFileAttributes> attributes = attributesOf(file);
			return attributes.isEmpty() ? Optional.empty() : open(key, file, attributes.get());
		}
		catch (IOException ex) {
			throw DirectoryFailures.of(ex, root, "open '" + key + "'");
		}
	}

	/** The size is that of the file opened, whatever took its name meanwhile. */
	private static Optional<StoredObject> open(String key, Path file, BasicFileAttributes attributes)
			throws IOException {
		try {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
			long size = sizeOf(channel);
			InputStream content = new WholeContent(Channels.newInputStream(channel), key, size);
			return Optional.of(new StoredObject(info(key, size, attributes), content));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	private static long sizeOf(FileChannel channel) throws IOException {
		try {
			return channel.size();
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	@Override
	public void put(String key, byte[] content) {
		Path file = fileOf(key);
		try {
			requireRoot();
			new DurableFile(root, file).write(content);
		}
		catch (IOException ex) {
			throw DirectoryFailures.ofWriting(ex, root, key, content.length);
		}
	}

	@Override
	public ObjectUpload upload(String key) {
		return new FileUpload(root, key, fileOf(key));
	}

	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		try {
			requireRoot();
			return new UnfinishedFiles(root.resolve(folder), begunBefore).delete();
		}
		catch (IOException ex) {
			throw DirectoryFailures.of(ex, root, "give up what is unfinished below '" + folder + "'");
		}
	}

	@Override
	public void delete(Collection<String> keys) {
		keys.forEach(this::fileOf);
		for (String key : keys) {
			try {
				Path file = fileOf(key);
				if (attributesOf(file).isPresent()) {
					Files.deleteIfExists(file);
				}
			}
			catch (IOException ex) {
				throw DirectoryFailures.of(ex, root, "delete '" + key + "'");
			}
		}
	}

	@Override
	public StoreFacts examine() {
		list("", "");
		return new StoreFacts(null, ObjectLock.UNLOCKED, "a directory has no object lock");
	}

	@Override
	public void close() {
		// Nothing is open between two calls.
	}

	private Path fileOf(String key) {
		Path file = root.resolve(ObjectKeys.require(key));
		if (DurableFile.isTemporary(file)) {
			throw new IllegalArgumentException("a key has no name kept for temporary files: '" + key + "'");
		}
		return file;
	}

	/**
	 * Looks at every step of the path, because the file system alone would follow a link
	 * in the middle of it, and would report a file in the middle of it as an error.
	 * @return empty if there is no regular file
	 */
	private Optional<BasicFileAttributes> attributesOf(Path file) throws IOException {
		requireRoot();
		Path step = root;
		BasicFileAttributes attributes = null;
		for (Path name : root.relativize(file)) {
			if (attributes != null && !attributes.isDirectory()) {
				return Optional.empty();
			}
			step = step.resolve(name);
			try {
				attributes = DirectoryListing.attributesOf(step);
			}
			catch (NoSuchFileException ex) {
				return Optional.empty();
			}
		}
		return Optional.ofNullable(attributes).filter(BasicFileAttributes::isRegularFile);
	}

	/** Without this an unmounted share would look like an empty one. */
	private void requireRoot() throws IOException {
		requireRoot(root);
	}

	static void requireRoot(Path root) throws IOException {
		if (!Files.readAttributes(root, BasicFileAttributes.class).isDirectory()) {
			throw DirectoryFailures.noDirectory(root, null);
		}
	}

	private static ObjectInfo info(String key, long size, BasicFileAttributes attributes) {
		return new ObjectInfo(key, size, attributes.lastModifiedTime().toInstant());
	}

}
