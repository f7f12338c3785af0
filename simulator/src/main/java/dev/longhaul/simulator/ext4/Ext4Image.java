package dev.longhaul.simulator.ext4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.simulator.ext4.E2fsprogs.ToolFailure;

/**
 * A volume's block device: a sparse file with an ext4 filesystem that follows a directory
 * tree.
 * <p>
 * It changes as a mounted filesystem does. What did not change in the tree does not
 * change in the image, data is overwritten where it lies, and what is deleted stays in
 * its blocks until they are used again. So two images of the same tree are the same
 * bytes, and a small change in the tree is a small change in the image.
 * <p>
 * Not safe for use by several threads.
 */
public final class Ext4Image {

	/** Bytes of a block of the filesystem. */
	static final int BLOCK = 4096;

	/** Where a superblock says what it is. */
	private static final long MAGIC_OFFSET = 1024 + 56;

	/** Bytes that are copied at once, or left out if they are zeros. */
	private static final int COPIED = 64 * 1024;

	/** A tree that changes while it is copied is tried so often. */
	private static final int ATTEMPTS = 3;

	private static final Pattern GROUP = Pattern.compile("Group \\d+: \\(Blocks (\\d+)-(\\d+)\\).*");

	private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

	private static final Pattern FREE_BLOCKS = Pattern.compile("  Free blocks: (.*)");

	private final Path image;

	private final ByteSize size;

	private final String uuid;

	private final E2fsprogs tools;

	private final NavigableMap<String, Placed> placed = new TreeMap<>();

	private boolean formatted;

	/**
	 * @param image the file; made by the first {@link #update}, replaced if it is there
	 * @param size a multiple of 4 KiB, at least 8 MiB
	 * @param uuid of the filesystem; nothing in it is random
	 */
	public Ext4Image(Path image, ByteSize size, String uuid, Clock clock) {
		this.image = image;
		this.size = size;
		this.uuid = uuid;
		this.tools = new E2fsprogs(clock);
	}

	public Path path() {
		return image;
	}

	/**
	 * Makes the filesystem hold what the tree holds. If the tree changes meanwhile, the
	 * image has each file as it was at some moment of the call.
	 * @throws TransientFailure if the tree changed too quickly, or does not fit
	 * @throws dev.longhaul.core.failure.RefusedRequest if e2fsprogs is not installed
	 */
	public void update(Path tree) throws IOException {
		ToolFailure last = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				if (!formatted) {
					format();
				}
				apply(FileTree.scan(tree));
				return;
			}
			catch (ToolFailure ex) {
				last = ex;
				formatted = false;
			}
		}
		throw new TransientFailure(FailureCode.SNAPSHOT_FAILED,
				"the files in '%s' could not be put into an ext4 filesystem of %s: %s".formatted(tree, size,
						(last != null) ? last.getMessage() : ""),
				"check that they fit into the volume and do not change all the time", last);
	}

	/**
	 * Replaces what is in a directory by the files of a filesystem. A device that holds
	 * none, or one of another kind, leaves it empty.
	 */
	public static void extract(Path device, Path directory, Clock clock) throws IOException {
		extract(device, directory, new E2fsprogs(clock));
	}

	private static void extract(Path device, Path directory, E2fsprogs tools) throws IOException {
		empty(directory);
		if (isExt4(device)) {
			tools.run("debugfs",
					List.of("-R", "rdump / \"%s\"".formatted(directory.toAbsolutePath()), device.toString()));
			Files.deleteIfExists(directory.resolve("lost+found"));
		}
	}

	/**
	 * Becomes a copy of another device, byte for byte, and puts its files into a tree.
	 * After that an {@link #update} from the same tree changes nothing. A device without
	 * an ext4 filesystem is copied, too, and formatted by the next update.
	 * @param device as large as this one
	 */
	public void adopt(Path device, Path tree) throws IOException {
		extract(device, tree, tools);
		copy(device);
		placed.clear();
		formatted = isExt4(image);
		if (formatted) {
			Map<String, Extents> extents = locate(FileTree.scan(tree));
			link(extents, tree);
			FileTree.scan(tree)
				.entries()
				.forEach(
						(path, entry) -> placed.put(path, new Placed(entry, extents.getOrDefault(path, Extents.NONE))));
		}
	}

	/** Without being able to write, debugfs leaves the times of the filesystem alone. */
	private Map<String, Extents> locate(FileTree tree) throws IOException {
		DebugfsScript script = new DebugfsScript();
		tree.entries().forEach((path, entry) -> {
			if (entry.kind() == TreeEntry.Kind.FILE) {
				script.locate(path);
			}
		});
		return script.isEmpty() ? Map.of() : run(script, List.of());
	}

	/** debugfs makes a file of its own of each further name: those lie at one place. */
	private static void link(Map<String, Extents> extents, Path tree) throws IOException {
		Map<Extents, Path> firsts = new HashMap<>();
		for (Map.Entry<String, Extents> each : new TreeMap<>(extents).entrySet()) {
			Path name = tree.resolve(each.getKey().substring(1));
			Path first = each.getValue().equals(Extents.NONE) ? null : firsts.putIfAbsent(each.getValue(), name);
			if (first != null) {
				Files.delete(name);
				Files.createLink(name, first);
			}
		}
	}

	private void copy(Path device) throws IOException {
		byte[] chunk = new byte[COPIED];
		try (FileChannel from = FileChannel.open(device, StandardOpenOption.READ);
				FileChannel to = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
						StandardOpenOption.TRUNCATE_EXISTING)) {
			for (long position = 0; position < size.bytes(); position += COPIED) {
				int length = (int) Math.min(COPIED, size.bytes() - position);
				Chunks.read(from, position, chunk, length);
				if (!Chunks.isZero(chunk, length) || position + length == size.bytes()) {
					Chunks.write(to, position, chunk, length);
				}
			}
		}
	}

	private static void empty(Path directory) throws IOException {
		List<Path> all;
		try (Stream<Path> found = Files.walk(directory)) {
			all = found.filter(path -> !path.equals(directory)).sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : all) {
			Files.delete(path);
		}
	}

	private static boolean isExt4(Path image) throws IOException {
		byte[] magic = new byte[2];
		try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
			Chunks.read(channel, MAGIC_OFFSET, magic, magic.length);
		}
		return magic[0] == 0x53 && magic[1] == (byte) 0xEF;
	}

	private void format() throws IOException {
		Files.deleteIfExists(image);
		placed.clear();
		String options = "hash_seed=%s,nodiscard,lazy_itable_init=1,lazy_journal_init=1".formatted(uuid);
		tools.run("mke2fs", List.of("-q", "-F", "-t", "ext4", "-b", Integer.toString(BLOCK), "-m", "0", "-U", uuid,
				"-E", options, image.toString(), size.bytes() / 1024 + "k"));
		formatted = true;
	}

	private void apply(FileTree tree) throws IOException {
		Set<String> anew = updateContents(tree);
		DebugfsScript script = new DebugfsScript();
		Set<String> recount = new HashSet<>();
		remove(tree, anew, script, recount);
		create(tree, script);
		createFurtherNames(tree, script, recount);
		if (script.isEmpty()) {
			return;
		}
		Map<String, Extents> extents = run(script);
		tree.entries().forEach((path, entry) -> {
			Placed before = placed.get(path);
			Extents old = (before != null) ? before.extents() : Extents.NONE;
			placed.put(path, new Placed(entry, extents.getOrDefault(path, old)));
		});
	}

	/**
	 * Overwrites what changed inside files that stay where they are.
	 * @return the files that must be written anew
	 */
	private Set<String> updateContents(FileTree tree) throws IOException {
		Set<String> anew = new HashSet<>();
		try (FileChannel device = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			ContentUpdate update = new ContentUpdate(device);
			for (Map.Entry<String, Placed> old : placed.entrySet()) {
				TreeEntry entry = tree.entries().get(old.getKey());
				if (entry != null && entry.kind() == TreeEntry.Kind.FILE && !old.getValue().entry().isReplacedBy(entry)
						&& !updateContent(tree.file(old.getKey()), entry, old.getValue(), update)) {
					anew.add(old.getKey());
				}
			}
		}
		return anew;
	}

	private static boolean updateContent(Path file, TreeEntry entry, Placed old, ContentUpdate update)
			throws IOException {
		try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
			return update.apply(content, entry.size(), old.extents());
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private void remove(FileTree tree, Set<String> anew, DebugfsScript script, Set<String> recount) {
		Set<String> gone = new HashSet<>();
		for (Map.Entry<String, Placed> old : placed.descendingMap().entrySet()) {
			TreeEntry was = old.getValue().entry();
			TreeEntry is = tree.entries().get(old.getKey());
			if (is != null && !was.isReplacedBy(is) && !anew.contains(old.getKey()) && !anew.contains(was.target())) {
				continue;
			}
			gone.add(old.getKey());
			if (was.kind() == TreeEntry.Kind.DIRECTORY) {
				script.removeDirectory(old.getKey());
			}
			else {
				script.remove(old.getKey());
				recount.add(was.target());
			}
		}
		placed.keySet().removeAll(gone);
	}

	private void create(FileTree tree, DebugfsScript script) {
		tree.entries().forEach((path, entry) -> {
			Placed before = placed.get(path);
			if (entry.kind() == TreeEntry.Kind.HARD_LINK) {
				return;
			}
			if (before == null) {
				create(tree.file(path), path, entry, script);
				script.attributes(path, entry);
			}
			else if (before.entry().hasOtherAttributesThan(entry)) {
				script.attributes(path, entry);
				script.size(path, entry);
			}
		});
	}

	/**
	 * @param recount paths of files that lost further names; only their count of names
	 * and that of files that gain some is set, so that an unchanged tree changes nothing
	 */
	private void createFurtherNames(FileTree tree, DebugfsScript script, Set<String> recount) {
		tree.entries().forEach((path, entry) -> {
			if (entry.kind() == TreeEntry.Kind.HARD_LINK && !placed.containsKey(path)) {
				script.hardLink(path, entry.target());
				recount.add(entry.target());
			}
		});
		for (String path : recount) {
			TreeEntry entry = tree.entries().get(path);
			if (entry != null && entry.kind() == TreeEntry.Kind.FILE) {
				script.countOfNames(path, entry.links());
			}
		}
	}

	private static void create(Path source, String path, TreeEntry entry, DebugfsScript script) {
		switch (entry.kind()) {
			case DIRECTORY -> {
				if (!path.equals("/")) {
					script.makeDirectory(path);
				}
			}
			case FILE -> script.write(source, path);
			case SYMBOLIC_LINK -> script.symbolicLink(path, entry.target());
			case HARD_LINK -> throw new IllegalArgumentException("further names come after the files: " + path);
		}
	}

	private Map<String, Extents> run(DebugfsScript script) throws IOException {
		return run(script, List.of("-w"));
	}

	private Map<String, Extents> run(DebugfsScript script, List<String> options) throws IOException {
		Path commands = Files.createTempFile("debugfs", ".commands");
		try {
			Files.write(commands, script.bytes());
			List<String> arguments = new ArrayList<>(options);
			arguments.addAll(List.of("-f", commands.toString(), image.toString()));
			return script.extents(tools.run("debugfs", arguments));
		}
		finally {
			Files.deleteIfExists(commands);
		}
	}

	/**
	 * Which stretches of the image the filesystem uses now.
	 * @param chunk bytes of a stretch, a multiple of 4 KiB
	 * @return their numbers
	 */
	public BitSet used(int chunk) throws IOException {
		BitSet used = new BitSet();
		long first = 0;
		long last = 0;
		for (String line : tools.run("dumpe2fs", List.of(image.toString())).lines().toList()) {
			Matcher group = GROUP.matcher(line);
			if (group.matches()) {
				first = Long.parseLong(group.group(1));
				last = Long.parseLong(group.group(2));
			}
			Matcher free = FREE_BLOCKS.matcher(line);
			if (free.matches()) {
				addUsed(used, first, last, free.group(1), chunk / BLOCK);
			}
		}
		return used;
	}

	private static void addUsed(BitSet used, long first, long last, String free, int blocksOfChunk) {
		long next = first;
		Matcher range = RANGE.matcher(free);
		while (range.find()) {
			add(used, next, Long.parseLong(range.group(1)) - 1, blocksOfChunk);
			next = Long.parseLong((range.group(2) != null) ? range.group(2) : range.group(1)) + 1;
		}
		add(used, next, last, blocksOfChunk);
	}

	private static void add(BitSet used, long from, long to, int blocksOfChunk) {
		if (from <= to) {
			used.set(Math.toIntExact(from / blocksOfChunk), Math.toIntExact(to / blocksOfChunk) + 1);
		}
	}

	/**
	 * What the image holds under a path.
	 *
	 * @param extents of a regular file
	 */
	private record Placed(TreeEntry entry, Extents extents) {
	}

}
