package dev.longhaul.restore.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The directory that files are restored into. What is half done lies in a hidden room in
 * it, which one process at a time holds by a lock; what has its name is whole, and stays
 * as it is.
 *
 * <pre>
 * media_photos/                the tree of a volume, the last of it to get its name
 * media_photos.files.jsonl     what is in it
 * media_photos.restored.json   what became of it
 * media_photos.img             its image, where that stays
 * exports/gitea/               exports of an application
 * .longhaul-restore/           the room
 * </pre>
 */
public final class Destination implements AutoCloseable {

	private static final String ROOM = ".longhaul-restore";

	private static final String LOCK = "lock";

	private final Path directory;

	private final Path room;

	private final FileChannel lock;

	private Destination(Path directory, Path room, FileChannel lock) {
		this.directory = directory;
		this.room = room;
		this.lock = lock;
	}

	/**
	 * Opens a directory, which is made if it does not exist; the one it is in must.
	 * Clears away what a call left that was killed.
	 * @throws RefusedRequest if it cannot be used, or another process is at work in it
	 */
	public static Destination open(Path directory) {
		Path place = directory.toAbsolutePath().normalize();
		try {
			if (!Files.isDirectory(place)) {
				Files.createDirectory(place, Attributes.OWNER_ONLY);
			}
			Path room = place.resolve(ROOM);
			if (!Files.isDirectory(room, LinkOption.NOFOLLOW_LINKS)) {
				Files.createDirectory(room, Attributes.OWNER_ONLY);
			}
			Destination opened = new Destination(place, room, lock(place, room));
			opened.clear();
			return opened;
		}
		catch (IOException ex) {
			throw NewFile.refused(place, ex);
		}
	}

	private static FileChannel lock(Path place, Path room) throws IOException {
		FileChannel channel = FileChannel.open(room.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS);
		FileLock held = null;
		try {
			held = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// By this process.
		}
		if (held == null) {
			channel.close();
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"another process is restoring into '%s' right now".formatted(place),
					"wait for it, or choose another directory with --to");
		}
		return channel;
	}

	private void clear() throws IOException {
		try (var left = Files.newDirectoryStream(room, path -> !path.getFileName().toString().equals(LOCK))) {
			for (Path path : left) {
				remove(path);
			}
		}
	}

	/** Links are removed and not followed. */
	private static void remove(Path path) throws IOException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		Files.walkFileTree(path, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	public Path directory() {
		return directory;
	}

	/** Where tools run. */
	Path room() {
		return room;
	}

	/** A place for something half done, free again. */
	Path workplace(String name) {
		Path place = room.resolve(name);
		try {
			remove(place);
		}
		catch (IOException ex) {
			throw NewFile.refused(place, ex);
		}
		return place;
	}

	/** Those this process can give to what it makes here. */
	Attributes attributes() throws IOException {
		return Attributes.ofOwner(room);
	}

	/** Whether files get the owners they had: only root can give them away. */
	public boolean keepsOwners() {
		try {
			return attributes().keepsOwners();
		}
		catch (IOException ex) {
			throw NewFile.refused(directory, ex);
		}
	}

	ByteSize free() throws IOException {
		return new ByteSize(Math.max(0, Files.getFileStore(directory).getUsableSpace()));
	}

	/** Where the tree of a volume is, or will be. */
	public Path tree(VolumeOrder order) {
		return directory.resolve(order.name());
	}

	/** Where the list of its files is. */
	public Path list(VolumeOrder order) {
		return directory.resolve(order.name() + ".files.jsonl");
	}

	/** Where its image is, if that stays. */
	public Path image(VolumeOrder order) {
		return directory.resolve(order.name() + ".img");
	}

	private Path outcome(VolumeOrder order) {
		return directory.resolve(order.name() + ".restored.json");
	}

	/**
	 * What an earlier call made of a volume, if that is whole; makes room for it if it is
	 * not.
	 * @throws RefusedRequest if there is something else in its place
	 */
	Optional<VolumeOutcome> findWhole(VolumeOrder order) {
		try {
			Optional<VolumeOutcome> found = OutcomeFile.read(outcome(order), order.name());
			boolean same = found.filter(outcome -> isOf(order, outcome.order())).isPresent();
			if (found.isPresent() && !same) {
				throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
						"'%s' is of another backup, '%s'".formatted(tree(order), found.get().order().backup()),
						"choose another directory with --to: nothing is ever overwritten");
			}
			if (same && isThere(found.get())) {
				return found.map(VolumeOutcome::thereAlready);
			}
			if (same) {
				// Begun by us, and the tree that makes it whole never got its name.
				for (Path part : List.of(list(order), image(order), outcome(order))) {
					Files.deleteIfExists(part);
				}
			}
			requireFree(order);
			return Optional.empty();
		}
		catch (IOException ex) {
			throw NewFile.refused(tree(order), ex);
		}
	}

	private static boolean isOf(VolumeOrder order, VolumeOrder other) {
		return order.volume().equals(other.volume()) && order.backup().equals(other.backup());
	}

	private boolean isThere(VolumeOutcome outcome) {
		return (outcome.tree() != null) ? Files.isDirectory(tree(outcome.order()), LinkOption.NOFOLLOW_LINKS)
				: Files.isRegularFile(image(outcome.order()), LinkOption.NOFOLLOW_LINKS);
	}

	private void requireFree(VolumeOrder order) {
		for (Path part : List.of(tree(order), list(order), image(order), outcome(order))) {
			if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
				throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(part),
						"choose another directory with --to: nothing is ever overwritten");
			}
		}
	}

	/**
	 * Gives what was made of a volume its names, the one that makes it whole last.
	 * @param tree null if there is none
	 * @param list null if there is no tree
	 * @param image null if it does not stay
	 */
	void publish(VolumeOutcome outcome, @Nullable Path tree, @Nullable Path list, @Nullable Path image) {
		VolumeOrder order = outcome.order();
		try {
			requireFree(order);
			Path written = workplace("outcome");
			OutcomeFile.write(outcome, written);
			move(written, outcome(order));
			if (list != null) {
				move(list, list(order));
			}
			if (image != null) {
				move(image, image(order));
			}
			if (tree != null) {
				move(tree, tree(order));
			}
			force();
		}
		catch (IOException ex) {
			throw NewFile.refused(tree(order), ex);
		}
	}

	/** Where an export is, or will be; its directory is made. */
	Path export(String application, String name) {
		Path place = directory.resolve("exports").resolve(application);
		try {
			Files.createDirectories(place, Attributes.OWNER_ONLY);
			if (!place.toRealPath().startsWith(directory.toRealPath())) {
				throw new NoSuchFileException(place.toString());
			}
			return place.resolve(name);
		}
		catch (IOException ex) {
			throw NewFile.refused(place, ex);
		}
	}

	/** Gives an export its name. */
	void publishExport(Path made, Path place) {
		try {
			if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
				throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE, "'%s' exists already".formatted(place),
						"choose another directory with --to: nothing is ever overwritten");
			}
			move(made, place);
		}
		catch (IOException ex) {
			throw NewFile.refused(place, ex);
		}
	}

	private static void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}

	private void force() throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

	/** Removed before the lock goes: a room without one would be anybody's. */
	@Override
	public void close() {
		try (lock) {
			remove(room);
		}
		catch (IOException ex) {
			throw NewFile.refused(room, ex);
		}
	}

}
