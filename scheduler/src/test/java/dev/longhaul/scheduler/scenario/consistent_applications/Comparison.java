package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares rows with files, both ways.
 */
final class Comparison {

	private Comparison() {
	}

	/**
	 * @param root the directory that the rows' paths are relative to
	 * @param data the directory in it in which every file should have a row
	 * @param passing names of files that the application makes on its way
	 */
	static List<Disagreement> of(List<Row> rows, Path root, String data, Predicate<String> passing) throws IOException {
		Map<String, Path> files = files(root, data, passing);
		List<Disagreement> disagreements = new ArrayList<>();
		for (Row row : rows) {
			Path file = files.remove(row.path());
			if (file == null) {
				disagreements.add(new Disagreement(Disagreement.Kind.ROW_WITHOUT_FILE, row.path()));
			}
			else if (Files.size(file) != row.size() || !checksum(file).equals(row.checksum())) {
				disagreements.add(new Disagreement(Disagreement.Kind.OTHER_CONTENT, row.path()));
			}
		}
		files.keySet()
			.stream()
			.sorted()
			.forEach(path -> disagreements.add(new Disagreement(Disagreement.Kind.FILE_WITHOUT_ROW, path)));
		return disagreements;
	}

	private static Map<String, Path> files(Path root, String data, Predicate<String> passing) throws IOException {
		Map<String, Path> files = new HashMap<>();
		if (Files.isDirectory(root.resolve(data))) {
			try (Stream<Path> all = Files.walk(root.resolve(data))) {
				all.filter(Files::isRegularFile)
					.filter(file -> !passing.test(file.getFileName().toString()))
					.forEach(file -> files.put(root.relativize(file).toString(), file));
			}
		}
		return files;
	}

	private static String checksum(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
