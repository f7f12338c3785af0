package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.image.Tools;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.VolumePath;

/**
 * Files in an image of ext2, ext3 or ext4, read without mounting it. Links are not
 * followed: where one leads is up to whoever wrote the volume.
 */
final class Ext4Image {

	private static final String IMAGE = "image";

	private static final Pattern FIRST_LINE = Pattern.compile("Inode: (\\d+) +Type: ([a-zA-Z ]+?) +Mode: .*");

	private static final Pattern SIZE_LINE = Pattern.compile("User:.* Size: (\\d+)");

	private static final String ABSENT = "File not found by ext2_lookup";

	private static final String HINT = "look at the volume with e2fsck";

	private final Path room;

	private final Tools tools;

	private Ext4Image(Path room, Tools tools) {
		this.room = room;
		this.tools = tools;
	}

	/** Where an image has to lie. */
	static Path place(Path room) {
		return room.resolve(IMAGE);
	}

	/**
	 * Does what a mount does first: what was written before the snapshot may be in the
	 * journal only. The image changes by that.
	 */
	static Ext4Image open(Path room, Tools tools) throws IOException {
		FileSystemKind kind = FileSystemKind.of(place(room));
		if (kind != FileSystemKind.EXT) {
			throw Impossible.because("the volume is %s, and only ext4 is read".formatted(kind.words()),
					"a drill, which has Longhorn restore the volume, can look at it");
		}
		Tools.Said said = tools.run("e2fsck", List.of("-p", "-E", "journal_only", IMAGE), "");
		// 1 says that something was replayed.
		if (said.status() > 1) {
			throw Impossible.because("the journal of its file system cannot be replayed: " + firstLine(said), HINT);
		}
		return new Ext4Image(room, tools);
	}

	/** What lies at a path. */
	Found find(VolumePath path) throws IOException {
		List<String> requests = path.steps().stream().map(step -> "stat " + quote("/" + step)).toList();
		Tools.Said said = debugfs(String.join("\n", requests) + "\n");
		Blocks blocks = new Blocks(said.out());
		for (int index = 0; index < requests.size(); index++) {
			Optional<Inode> inode = blocks.inode(requests.get(index));
			if (inode.isEmpty()) {
				return absent(said);
			}
			boolean last = index == requests.size() - 1;
			if (!inode.get().type().equals(last ? "regular" : "directory")) {
				return new Found.OtherThanFile(path.steps().get(index), inode.get().type());
			}
			if (last) {
				return new Found.RegularFile(inode.get().number(), new ByteSize(inode.get().size()));
			}
		}
		throw new IllegalStateException("a path without a name: " + path);
	}

	/** Only the answer that says so means that a file is not there. */
	private static Found absent(Tools.Said said) {
		String complaint = complaint(said);
		if (complaint.endsWith(ABSENT)) {
			return new Found.Absent();
		}
		throw Impossible.because("its file system cannot be read: " + complaint, HINT);
	}

	/**
	 * Copies a file out.
	 * @param name of the copy in the room
	 */
	Path take(Found.RegularFile file, String name) throws IOException {
		Tools.Said said = debugfs("dump <%d> %s%n".formatted(file.inode(), name));
		Path copy = room.resolve(name);
		String complaint = complaint(said);
		if (!complaint.isEmpty() || !Files.exists(copy) || Files.size(copy) != file.size().bytes()) {
			throw Impossible.because("a file of %s cannot be read whole%s".formatted(file.size(),
					complaint.isEmpty() ? "" : ": " + complaint), HINT);
		}
		return copy;
	}

	/** Without the bitmaps of free blocks, which say nothing about files. */
	private Tools.Said debugfs(String requests) throws IOException {
		return tools.run("debugfs", List.of("-c", "-f", "-", IMAGE), requests);
	}

	/** debugfs ends with 0 whatever happens; besides its version it says what did. */
	private static String complaint(Tools.Said said) {
		return said.err()
			.lines()
			.map(String::strip)
			.filter(line -> !line.isEmpty() && !line.startsWith("debugfs "))
			.findFirst()
			.map(Ext4Image::brief)
			.orElse("");
	}

	private static String firstLine(Tools.Said said) {
		return (said.err() + "\n" + said.out()).lines()
			.filter(line -> !line.isBlank())
			.findFirst()
			.map(Ext4Image::brief)
			.orElse("e2fsck ended with " + said.status());
	}

	private static String brief(String line) {
		String printable = Printable.of(line.strip());
		return (printable.length() > 200) ? printable.substring(0, 200) + "…" : printable;
	}

	/** The way debugfs splits its requests: a quote inside quotes is doubled. */
	private static String quote(String text) {
		return '"' + text.replace("\"", "\"\"") + '"';
	}

	/** What lies at a path. */
	sealed interface Found {

		record RegularFile(long inode, ByteSize size) implements Found {
		}

		record Absent() implements Found {
		}

		/**
		 * @param where it, or a directory it should lie in
		 */
		record OtherThanFile(VolumePath where, String type) implements Found {
		}

	}

	private record Inode(long number, String type, long size) {
	}

	/**
	 * What debugfs printed, request by request. The first lines about an inode are made
	 * of numbers; what follows may hold text from the volume, and is not looked at.
	 */
	private static final class Blocks {

		private final List<String> lines;

		private int next;

		Blocks(String printed) {
			this.lines = printed.lines().toList();
		}

		/** Empty if nothing was printed about it. */
		Optional<Inode> inode(String request) {
			String echo = "debugfs: "
					+ new String(request.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
			while (next < lines.size() && !lines.get(next).equals(echo)) {
				next++;
			}
			if (next + 3 >= lines.size()) {
				return Optional.empty();
			}
			Matcher first = FIRST_LINE.matcher(lines.get(next + 1));
			Matcher third = SIZE_LINE.matcher(lines.get(next + 3));
			if (!first.matches() || !third.matches()) {
				return Optional.empty();
			}
			next += 4;
			return Optional
				.of(new Inode(Long.parseLong(first.group(1)), first.group(2), Long.parseLong(third.group(1))));
		}

	}

}
