package dev.longhaul.restore.files;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.image.Tools;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in a file, made by the programs that also the distributions make them
 * with, and then changed as its test wants.
 */
record FileSystemImage(Path file) {

	/** One with the files of a directory. */
	static FileSystemImage of(Path tree, Path file, String... options) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-q", "-F", "-d", tree.toString()));
		arguments.addAll(List.of(options));
		arguments.addAll(List.of(file.toString(), "32M"));
		tool("mke2fs", arguments.toArray(String[]::new));
		return new FileSystemImage(file);
	}

	/** Changes it. */
	FileSystemImage debugfs(String... requests) throws IOException {
		Path script = Files.write(file.resolveSibling("requests"),
				(String.join("\n", requests) + "\n").getBytes(StandardCharsets.ISO_8859_1));
		tool("debugfs", "-w", "-f", script.toString(), file.toString());
		return this;
	}

	/** What debugfs says to one request. */
	String ask(String request) throws IOException {
		return tool("debugfs", "-R", request, file.toString());
	}

	/** The block of the file system that holds a block of a file. */
	long block(String path, int number) throws IOException {
		return Long.parseLong(ask("bmap %s %d".formatted(path, number)).lines()
			.reduce((first, second) -> second)
			.orElseThrow()
			.strip());
	}

	/** The place of an inode, in bytes. */
	long inode(String path) throws IOException {
		Matcher place = Pattern.compile("located at block (\\d+), offset 0x(\\p{XDigit}+)")
			.matcher(ask("imap " + path));
		if (!place.find()) {
			throw new IOException("no inode of " + path);
		}
		Matcher size = Pattern.compile("Block size: +(\\d+)").matcher(ask("stats -h"));
		if (!size.find()) {
			throw new IOException("no size of blocks");
		}
		return Long.parseLong(place.group(1)) * Long.parseLong(size.group(1)) + Long.parseLong(place.group(2), 16);
	}

	/** Overwrites bytes wherever they are, such as a name in a directory. */
	FileSystemImage replace(String bytes, String others) throws IOException {
		byte[] all = Files.readAllBytes(file);
		byte[] from = bytes.getBytes(StandardCharsets.ISO_8859_1);
		byte[] to = others.getBytes(StandardCharsets.ISO_8859_1);
		int found = 0;
		for (int at = 0; at <= all.length - from.length; at++) {
			if (all[at] == from[0] && Arrays.equals(all, at, at + from.length, from, 0, from.length)) {
				System.arraycopy(to, 0, all, at, to.length);
				found++;
			}
		}
		if (found == 0) {
			throw new IOException("nowhere in the image: " + bytes);
		}
		Files.write(file, all);
		return this;
	}

	/** Overwrites bytes at a place. */
	FileSystemImage write(long offset, byte[] bytes) throws IOException {
		try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
			image.seek(offset);
			image.write(bytes);
		}
		return this;
	}

	byte[] read(long offset, int length) throws IOException {
		byte[] bytes = new byte[length];
		try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "r")) {
			image.seek(offset);
			image.readFully(bytes);
		}
		return bytes;
	}

	/** Runs a program of e2fsprogs; aborts the test if it is not installed. */
	static String tool(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Tools.PLACES.stream()
			.map(place -> place.resolve(program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElseGet(() -> Assumptions.abort(program + " is not installed")));
		command.addAll(List.of(arguments));
		File said = File.createTempFile(program, ".out");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
		process.onExit().join();
		String text = Files.readString(said.toPath(), StandardCharsets.ISO_8859_1);
		Files.delete(said.toPath());
		if (process.exitValue() != 0) {
			throw new IOException(command + ": " + text);
		}
		return text;
	}

}
