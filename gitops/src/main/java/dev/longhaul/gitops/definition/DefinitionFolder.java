package dev.longhaul.gitops.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Definitions on disk: a clone of the GitOps repository, its folder {@code longhaul/}, or
 * one file.
 */
public final class DefinitionFolder {

	/** The folder in the repository. */
	public static final String NAME = "longhaul";

	private DefinitionFolder() {
	}

	/**
	 * The folder inside it that a kind belongs in.
	 * @throws IllegalArgumentException if there is no such kind
	 */
	public static String folderOf(String kind) {
		return Kind.ALL.stream()
			.filter(known -> known.word().equals(kind))
			.map(Kind::folder)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no kind '" + kind + "'"));
	}

	/** The kinds that a folder inside it may hold. */
	public static List<String> kindsIn(String folder) {
		return Kind.in(folder).stream().map(Kind::word).toList();
	}

	/**
	 * Reads all that is declared there.
	 * @param path a clone, its folder, or a file; one in {@code jobs/} or
	 * {@code applications/} stands for the whole folder
	 * @throws RefusedRequest if there is nothing to read, or it cannot be read
	 */
	public static ReadResult read(Path path) {
		try {
			if (Files.isRegularFile(path)) {
				return readFile(path);
			}
			if (!Files.isDirectory(path)) {
				throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no '%s'".formatted(path),
						"name a clone of the GitOps repository, its folder longhaul/, or one file");
			}
			Path inside = path.resolve(NAME);
			return readFolder(Files.isDirectory(inside) ? inside : path);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "'%s' cannot be read: %s".formatted(path, ex),
					"look at its permissions", ex);
		}
	}

	private static ReadResult readFile(Path file) throws IOException {
		Path folder = file.toAbsolutePath().normalize().getParent();
		if (folder != null && !Kind.in(String.valueOf(folder.getFileName())).isEmpty()) {
			Path parent = file.getParent();
			return readFolder((parent != null) ? parent.resolve("..").normalize() : Path.of(".."));
		}
		return DefinitionReader.readAlone(shown(file), text(file));
	}

	private static ReadResult readFolder(Path folder) throws IOException {
		List<DefinitionFile> files = new ArrayList<>();
		for (String name : Kind.folders()) {
			Path directory = folder.resolve(name);
			if (Files.isDirectory(directory)) {
				for (Path file : regularFiles(directory)) {
					files.add(new DefinitionFile(name, shown(file), text(file)));
				}
			}
		}
		if (files.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "'%s' holds no definitions".formatted(folder),
					"they are expected in longhaul/jobs/ and longhaul/applications/");
		}
		return DefinitionReader.read(files);
	}

	private static List<Path> regularFiles(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.filter(Files::isRegularFile).limit(DefinitionReader.MOST_FILES + 1L).sorted().toList();
		}
	}

	/** As much as shows that there is too much. */
	private static String text(Path file) throws IOException {
		try (InputStream content = Files.newInputStream(file)) {
			return new String(content.readNBytes(DefinitionFile.LONGEST + 1), StandardCharsets.UTF_8);
		}
	}

	private static String shown(Path file) {
		return file.toString().replace('\\', '/');
	}

}
