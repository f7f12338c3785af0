package dev.longhaul.simulator.ext4;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands for debugfs that change a filesystem.
 */
final class DebugfsScript {

	private static final String PROMPT = "debugfs: ";

	private static final String DUMP_EXTENTS = "dump_extents -l ";

	private final List<String> lines = new ArrayList<>();

	private final Map<String, String> dumps = new HashMap<>();

	private String directory = "";

	boolean isEmpty() {
		return lines.isEmpty();
	}

	/** Removes a name; the file goes with its last one. */
	void remove(String path) {
		lines.add("rm " + quote(path));
	}

	void removeDirectory(String path) {
		lines.add("rmdir " + quote(path));
	}

	void makeDirectory(String path) {
		lines.add("mkdir " + quote(enterParent(path)));
	}

	/** Copies a file in, and asks where its blocks went. */
	void write(Path source, String path) {
		lines.add("write " + quote(source.toString()) + " " + quote(enterParent(path)));
		locate(path);
	}

	/** Asks where the blocks of a file are. */
	void locate(String path) {
		String dump = DUMP_EXTENTS + quote(path);
		lines.add(dump);
		dumps.put(bytesAsText(PROMPT + dump), path);
	}

	void symbolicLink(String path, String target) {
		lines.add("symlink " + quote(enterParent(path)) + " " + quote(target));
	}

	/** Gives a file a further name, which debugfs does not count. */
	void hardLink(String path, String first) {
		lines.add("ln " + quote(first) + " " + quote(enterParent(path)));
	}

	void attributes(String path, TreeEntry entry) {
		set(path, "mode", "0" + Integer.toOctalString(entry.mode()));
		set(path, "uid", Integer.toString(entry.uid()));
		set(path, "gid", Integer.toString(entry.gid()));
		set(path, "mtime", "@" + Math.max(0, entry.modified().getEpochSecond()));
	}

	/**
	 * For a file whose content is in place; one that is written has its size from that.
	 */
	void size(String path, TreeEntry entry) {
		if (entry.kind() == TreeEntry.Kind.FILE) {
			set(path, "size", Long.toString(entry.size()));
		}
	}

	void countOfNames(String path, int count) {
		set(path, "links_count", Integer.toString(count));
	}

	private void set(String path, String field, String value) {
		lines.add("sif " + quote(path) + " " + field + " " + value);
	}

	/**
	 * debugfs takes a name at the top, written with its slash, for one in the current
	 * directory; so everything is made by its bare name.
	 * @return that name
	 */
	private String enterParent(String path) {
		int slash = path.lastIndexOf('/');
		String parent = path.substring(0, Math.max(1, slash));
		if (!parent.equals(directory)) {
			lines.add("cd " + quote(parent));
			directory = parent;
		}
		return path.substring(slash + 1);
	}

	byte[] bytes() {
		return (String.join("\n", lines) + "\n").getBytes(fileNameEncoding());
	}

	/**
	 * Finds in what debugfs printed where it put the files.
	 * @param output as bytes
	 */
	Map<String, Extents> extents(String output) {
		Map<String, Extents> extents = new HashMap<>();
		String path = "";
		List<String> printed = new ArrayList<>();
		for (String line : output.lines().toList()) {
			if (line.startsWith(PROMPT)) {
				if (!path.isEmpty()) {
					extents.put(path, Extents.parse(printed));
				}
				path = dumps.getOrDefault(line, "");
				printed.clear();
			}
			else {
				printed.add(line);
			}
		}
		if (!path.isEmpty()) {
			extents.put(path, Extents.parse(printed));
		}
		return extents;
	}

	/** The way debugfs splits its commands: a quote inside quotes is doubled. */
	private static String quote(String text) {
		return '"' + text.replace("\"", "\"\"") + '"';
	}

	private static String bytesAsText(String text) {
		return new String(text.getBytes(fileNameEncoding()), StandardCharsets.ISO_8859_1);
	}

	/** What the JDK turns file names from and into bytes with. */
	private static Charset fileNameEncoding() {
		return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
	}

}
