package dev.longhaul.simulator.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Files of the kinds that applications keep: photos, which do not compress, and text,
 * which does. Their content follows from a seed, so every demo has the same.
 */
final class DemoFiles {

	private static final int CHUNK = 64 * 1024;

	private static final String[] WORDS = { "volume", "snapshot", "backup", "restore", "proof", "night", "cluster",
			"bucket", "block", "manifest", "copy", "claim" };

	private final Path directory;

	private final Random random;

	DemoFiles(Path directory, long seed) {
		this.directory = directory;
		this.random = new Random(seed);
	}

	/** A file that does not compress. */
	DemoFiles photo(String name, int bytes) throws IOException {
		byte[] chunk = new byte[CHUNK];
		try (OutputStream out = create(name)) {
			for (int written = 0; written < bytes; written += CHUNK) {
				random.nextBytes(chunk);
				out.write(chunk, 0, Math.min(CHUNK, bytes - written));
			}
		}
		return this;
	}

	/** A file that compresses as text does. */
	DemoFiles text(String name, int bytes) throws IOException {
		StringBuilder text = new StringBuilder(bytes + 16);
		while (text.length() < bytes) {
			text.append(WORDS[random.nextInt(WORDS.length)]).append((random.nextInt(12) == 0) ? '\n' : ' ');
		}
		try (OutputStream out = create(name)) {
			out.write(text.toString().getBytes(StandardCharsets.UTF_8));
		}
		return this;
	}

	/** Several photos in one folder. */
	DemoFiles photos(String folder, int count, int bytes) throws IOException {
		for (int number = 1; number <= count; number++) {
			photo("%s/IMG_%04d.jpg".formatted(folder, number), bytes);
		}
		return this;
	}

	private OutputStream create(String name) throws IOException {
		Path file = directory.resolve(name);
		Files.createDirectories(file.resolveSibling("."));
		return Files.newOutputStream(file);
	}

}
