package dev.longhaul.scheduler.scenario.secrets_stay_secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets, and where they are found. Each is a word that occurs nowhere else, so that
 * whoever finds it has found the secret.
 */
final class Planted {

	private final List<String> traces;

	/**
	 * They are looked for as they are, and as a header of HTTP or a Secret has them.
	 */
	Planted(Collection<String> secrets) {
		this.traces = secrets.stream().flatMap(Planted::traces).toList();
	}

	/** Of what stands in front of it in a login, Base64 depends. */
	private static Stream<String> traces(String secret) {
		return Stream.concat(Stream.of(secret), Stream.of("", "u", "us").map(before -> {
			byte[] login = (before + secret).getBytes(StandardCharsets.UTF_8);
			String encoded = Base64.getEncoder().withoutPadding().encodeToString(login);
			return encoded.substring((before.length() * 4 + 2) / 3, encoded.length() - 1);
		}));
	}

	/**
	 * Files below a directory with a secret in them, and which. Programs may be working
	 * there, so files may vanish.
	 * @param searched whether a file is one that is looked into
	 */
	List<String> holders(Path start, Predicate<Path> searched) throws IOException {
		List<String> holders = new ArrayList<>();
		Files.walkFileTree(start, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (attributes.isRegularFile() && searched.test(file)) {
					String found = found(file);
					if (!found.isEmpty()) {
						holders.add(file + ": " + found);
					}
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
				if (failure instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw failure;
			}

		});
		return holders;
	}

	/** With the line of the first one. */
	private String found(Path file) throws IOException {
		try {
			String content = Files.readString(file, StandardCharsets.ISO_8859_1);
			return traces.stream()
				.filter(content::contains)
				.map(trace -> "%s in '%s'".formatted(trace, around(content, content.indexOf(trace))))
				.collect(Collectors.joining(", "));
		}
		catch (NoSuchFileException ex) {
			return "";
		}
	}

	private static String around(String content, int at) {
		return content.substring(Math.max(0, at - 300), Math.min(content.length(), at + 100));
	}

}
