package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The directory that our own copy is in, and how it comes back after damage: a new copy
 * is fetched beside it, and only then takes its place. The damaged one is put aside, for
 * whoever wants to know what became of it.
 */
final class LocalCopy implements AutoCloseable {

	private static final String CURRENT = "copy.git";

	private static final String RENEWED = "renewed.git";

	private static final String ASIDE = "damaged-";

	/** Of those put aside; older ones are deleted. */
	private static final int MOST_ASIDE = 3;

	private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS")
		.withZone(ZoneOffset.UTC);

	private final Path directory;

	private final Clock clock;

	private @Nullable LocalRepository current;

	private LocalCopy(Path directory, Clock clock) {
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * @throws RefusedRequest if the directory cannot be used
	 */
	static LocalCopy in(Path directory, Clock clock) {
		LocalCopy copy = new LocalCopy(directory, clock);
		try {
			Files.createDirectories(directory);
			if (!Files.isWritable(directory)) {
				throw new IOException("it is not writable");
			}
			return copy;
		}
		catch (IOException ex) {
			throw copy.unusable(ex);
		}
	}

	/**
	 * @throws DamagedCopyException if it cannot be opened
	 */
	LocalRepository current() {
		if (current == null) {
			current = LocalRepository.open(directory.resolve(CURRENT));
		}
		return current;
	}

	/**
	 * Fetches all anew: the newest commit, and the one in force if the server still has
	 * it.
	 * @throws TransientFailure if the server cannot be reached; nothing is changed then
	 * @throws RefusedRequest if the server refuses, or the directory cannot be used
	 */
	void renew(GitSource source, Remote remote) {
		try {
			Path renewed = directory.resolve(RENEWED);
			delete(renewed);
			try (LocalRepository fresh = LocalRepository.open(renewed)) {
				fresh.fetchNewest(source, remote);
				Optional<ObjectId> inForce = salvagedInForce(source);
				if (inForce.isPresent()) {
					fetchInForce(fresh, source, remote, inForce.get());
				}
			}
			close();
			putAside();
			Files.move(renewed, directory.resolve(CURRENT));
		}
		catch (IOException | DamagedCopyException ex) {
			throw unusable(ex);
		}
	}

	private static void fetchInForce(LocalRepository fresh, GitSource source, Remote remote, ObjectId inForce) {
		try {
			fresh.fetchInForce(source, remote, inForce);
		}
		catch (RefusedRequest ex) {
			// It is gone from the branch; the newest is all there is to go by.
		}
	}

	/** As far as the damaged copy still says it, read without Git. */
	private Optional<ObjectId> salvagedInForce(GitSource source) {
		String reference = LocalRepository.inForceReference(source);
		Path repository = directory.resolve(CURRENT);
		Stream<String> loose = lines(repository.resolve(reference)).stream();
		Stream<String> packed = lines(repository.resolve("packed-refs")).stream()
			.filter(line -> line.endsWith(" " + reference))
			.map(line -> line.substring(0, line.indexOf(' ')));
		return Stream.concat(loose, packed).filter(ObjectId::isId).map(ObjectId::fromString).findFirst();
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
		}
		catch (IOException ex) {
			// Lost with the rest of the copy.
			return List.of();
		}
	}

	private void putAside() throws IOException {
		if (Files.exists(directory.resolve(CURRENT))) {
			Files.move(directory.resolve(CURRENT), directory.resolve(ASIDE + WHEN.format(clock.instant())));
		}
		try (Stream<Path> entries = Files.list(directory)) {
			List<Path> aside = entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith(ASIDE))
				.sorted()
				.toList();
			for (Path oldest : aside.subList(0, Math.max(0, aside.size() - MOST_ASIDE))) {
				delete(oldest);
			}
		}
	}

	static void delete(Path tree) throws IOException {
		if (!Files.exists(tree)) {
			return;
		}
		Files.walkFileTree(tree, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
					throws IOException {
				if (failure != null) {
					throw failure;
				}
				Files.delete(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	RefusedRequest unusable(Exception failure) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"the directory '%s' for the Git repository cannot be used: %s".formatted(directory,
						failure.getMessage()),
				"it must be a directory that this process may write, on a disk with room", failure);
	}

	@Override
	public void close() {
		if (current != null) {
			current.close();
			current = null;
		}
	}

}
