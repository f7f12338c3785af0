package dev.longhaul.restore.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.restore.ext4.DirectoryVisitor;
import dev.longhaul.restore.ext4.Ext4Damage;
import dev.longhaul.restore.ext4.Ext4FileSystem;
import dev.longhaul.restore.ext4.Inode;
import dev.longhaul.restore.files.FileList.Line;

/**
 * Copies the tree of a file system into a new directory, as an ordinary user, and never
 * out of it: every name is one step, made anew by this copy, so none is a link that leads
 * elsewhere. What cannot be copied is told, and the rest goes on.
 * <p>
 * Files keep content, holes, times, permissions and further names. Of owners and special
 * bits, which an ordinary user cannot give, the list tells. Who runs this may always read
 * and change what came out. Devices, pipes and sockets are listed only: they hold
 * nothing.
 */
final class TreeCopy {

	/** For files whose names are lost; the sign says that the name is ours. */
	private static final String NAMELESS = "%nameless";

	private final Ext4FileSystem source;

	private final Attributes attributes;

	private final FileCopy files;

	private final FileList list;

	private final Deque<Folder> pending = new ArrayDeque<>();

	private final List<Folder> made = new ArrayList<>();

	private final Map<Long, String> folders = new HashMap<>();

	private final Map<Long, TreePlace> named = new HashMap<>();

	private final Set<Long> seen = new HashSet<>();

	private final Set<Long> unreadable = new HashSet<>();

	TreeCopy(Ext4FileSystem source, LostRanges lost, Attributes attributes, FileList list, FilesListener listener) {
		this.source = source;
		this.attributes = attributes;
		this.files = new FileCopy(source, lost, attributes, listener);
		this.list = list;
	}

	/**
	 * @param target must not exist; its directory must
	 * @throws RefusedRequest if the disk is full or nothing can be written at all
	 * @throws Interruption if the thread is told to stop
	 */
	void copy(Path target) {
		try {
			Files.createDirectory(target, Attributes.OWNER_ONLY);
			enterRoot(TreePlace.root(target));
			copyPending();
			if (list.report().problemCount() > 0) {
				copyNameless(TreePlace.root(target).child(NAMELESS.getBytes(StandardCharsets.US_ASCII)));
			}
			// The deepest first, as what is put into a directory changes its time.
			Collections.reverse(made);
			for (Folder folder : made) {
				attributes.give(folder.place.file(), folder.inode);
			}
			// Others may read within what they might, once its owner lets them in.
			Attributes.close(target);
		}
		catch (IOException ex) {
			throw NewFile.refused(target, ex);
		}
	}

	private void enterRoot(TreePlace place) throws IOException {
		try {
			Inode root = source.inode(Ext4FileSystem.ROOT);
			seen.add(Ext4FileSystem.ROOT);
			if (root.kind() == Inode.Kind.DIRECTORY) {
				list.add(enter(new Folder(place, root, Ext4FileSystem.ROOT)));
				return;
			}
			list.add(Line.of(place).missing("its first directory is gone"));
		}
		catch (Ext4Damage ex) {
			list.add(Line.of(place).missing(ex.words()));
		}
	}

	private void copyPending() throws IOException {
		while (!pending.isEmpty()) {
			Folder folder = pending.pop();
			Copying copying = new Copying(folder);
			source.entries(folder.inode, copying);
			copying.tellDamage();
		}
	}

	/**
	 * A directory that is torn takes the names of what was in it along, not the files.
	 * They come out with numbers for names: directories first, from those that lie in no
	 * other such one, as what is in them still has names.
	 */
	private void copyNameless(TreePlace place) throws IOException {
		List<Long> directories = new ArrayList<>();
		List<Long> others = new ArrayList<>();
		source.inodes(inode -> {
			if (!seen.contains(inode.number())) {
				((inode.kind() == Inode.Kind.DIRECTORY) ? directories : others).add(inode.number());
			}
		});
		if (directories.isEmpty() && others.isEmpty()) {
			return;
		}
		Files.createDirectory(place.file(), Attributes.OWNER_ONLY);
		list.add(Line.of(place).but("it holds what no name leads to any more"));
		Set<Long> within = new HashSet<>();
		for (long number : directories) {
			children(number).stream().filter(child -> child != number).forEach(within::add);
		}
		for (boolean top : new boolean[] { true, false }) {
			for (long number : directories) {
				if (!seen.contains(number) && (!top || !within.contains(number))) {
					copyNameless(place, number);
				}
			}
		}
		for (long number : others) {
			if (!seen.contains(number)) {
				copyNameless(place, number);
			}
		}
	}

	private void copyNameless(TreePlace place, long number) throws IOException {
		requireGoingOn();
		copy(place.child(Long.toString(number).getBytes(StandardCharsets.US_ASCII)), number, number);
		copyPending();
	}

	/** What lies in a directory, but for the way back. */
	private Set<Long> children(long directory) throws IOException {
		Set<Long> children = new HashSet<>();
		try {
			source.entries(source.inode(directory), new DirectoryVisitor() {

				@Override
				public void entry(byte[] name, long inode) {
					if (!new String(name, StandardCharsets.ISO_8859_1).equals("..")) {
						children.add(inode);
					}
				}

				@Override
				public void damaged(Ext4Damage damage) {
					// It is told when it is copied.
				}

			});
		}
		catch (Ext4Damage ex) {
			// Likewise.
		}
		return children;
	}

	private static void requireGoingOn() {
		if (Thread.currentThread().isInterrupted()) {
			throw new Interruption("interrupted while copying files");
		}
	}

	private Line enter(Folder folder) {
		folders.put(folder.inode.number(), folder.place.path());
		pending.push(folder);
		made.add(folder);
		return Line.of(folder.place).with(folder.inode);
	}

	/**
	 * @param parent the inode of the directory it is in
	 */
	private void copy(TreePlace place, long parent, long number) throws IOException {
		try {
			Inode inode = source.inode(number);
			seen.add(number);
			if (!inode.isInUse()) {
				list.add(Line.of(place).missing("inode %d, which it names, holds no file".formatted(number)));
				return;
			}
			list.add(makeUnderSomeName(parent, place, inode));
		}
		catch (Ext4Damage ex) {
			list.add(Line.of(place).missing(ex.words()));
		}
	}

	private Line makeUnderSomeName(long parent, TreePlace place, Inode inode) throws Ext4Damage {
		try {
			return make(parent, place, inode);
		}
		catch (FileAlreadyExistsException ex) {
			return makeOrSayWhyNot(parent, place.instead(inode), inode);
		}
		catch (IOException ex) {
			return notMade(place, inode, ex);
		}
	}

	private Line makeOrSayWhyNot(long parent, TreePlace place, Inode inode) throws Ext4Damage {
		try {
			return make(parent, place, inode);
		}
		catch (IOException ex) {
			return notMade(place, inode, ex);
		}
	}

	/** A disk that is full is no matter of this file alone; one too large for any is. */
	private static Line notMade(TreePlace place, Inode inode, IOException cause) {
		LonghaulException refused = NewFile.refused(place.file(), cause);
		if (refused instanceof Interruption) {
			throw refused;
		}
		if (refused.code() == FailureCode.DISK_FULL && !String.valueOf(cause.getMessage()).contains("too large")) {
			throw refused;
		}
		return Line.of(place).with(inode).missing("it cannot be made here: " + cause.getMessage());
	}

	private Line make(long parent, TreePlace place, Inode inode) throws IOException, Ext4Damage {
		return switch (inode.kind()) {
			case FILE -> makeFile(place, inode);
			case DIRECTORY -> makeDirectory(parent, place, inode);
			case LINK -> makeLink(place, inode);
			default -> Line.of(place).with(inode).listedOnly();
		};
	}

	private Line makeDirectory(long parent, TreePlace place, Inode inode) throws IOException {
		String first = folders.get(inode.number());
		if (first != null) {
			return Line.of(place).with(inode).missing("it is the directory '%s' again".formatted(first));
		}
		Files.createDirectory(place.file(), Attributes.OWNER_ONLY);
		return enter(new Folder(place, inode, parent));
	}

	private Line makeFile(TreePlace place, Inode inode) throws IOException, Ext4Damage {
		TreePlace first = named.get(inode.number());
		if (first != null) {
			Files.createLink(place.file(), first.file());
			Line line = Line.of(place).with(inode).sameAs(first.path());
			return unreadable.contains(inode.number()) ? line.but("it is as damaged under its other name") : line;
		}
		FileCopy.Outcome outcome = files.copy(place.file(), inode);
		if (inode.links() > 1) {
			named.put(inode.number(), place);
			if (outcome.problem() != null) {
				unreadable.add(inode.number());
			}
		}
		return Line.of(place).with(inode).hashed(outcome.sha256()).but(outcome.problem());
	}

	private Line makeLink(TreePlace place, Inode inode) throws IOException, Ext4Damage {
		byte[] stored = source.link(inode);
		try {
			String target = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stored)).toString();
			Files.createSymbolicLink(place.file(), Path.of(target));
			attributes.giveOwner(place.file(), inode);
			return Line.of(place).with(inode).leadingTo(target);
		}
		catch (CharacterCodingException | InvalidPathException ex) {
			return Line.of(place).with(inode).missing("it leads to a path that cannot be said here");
		}
	}

	/** A directory that was made, and what is in it is copied. */
	private record Folder(TreePlace place, Inode inode, long parent) {

		/** Whatever it was in is not where it is now. */
		boolean isNameless() {
			return parent == inode.number() && parent != Ext4FileSystem.ROOT;
		}

	}

	/** Copies what it is told of. */
	private final class Copying implements DirectoryVisitor {

		private final Folder folder;

		private final List<String> damages = new ArrayList<>();

		Copying(Folder folder) {
			this.folder = folder;
		}

		@Override
		public void entry(byte[] name, long inode) throws IOException {
			requireGoingOn();
			if (!isWayBack(name, inode)) {
				copy(folder.place.child(name), folder.inode.number(), inode);
			}
		}

		/** Of another directory than these two, such a name is no way but an attempt. */
		private boolean isWayBack(byte[] name, long inode) {
			boolean dots = name[0] == '.' && name[name.length - 1] == '.';
			return dots && ((name.length == 1 && inode == folder.inode.number())
					|| (name.length == 2 && (inode == folder.parent || folder.isNameless())));
		}

		@Override
		public void damaged(Ext4Damage damage) {
			damages.add(damage.words());
		}

		/** In one line, however many of its blocks are torn. */
		void tellDamage() throws IOException {
			if (!damages.isEmpty()) {
				String more = (damages.size() > 1)
						? ", nor those in %d more of its blocks".formatted(damages.size() - 1) : "";
				list.add(Line.of(folder.place).missing(damages.get(0) + more));
			}
		}

	}

}
