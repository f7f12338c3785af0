package dev.longhaul.simulator.ext4;

import java.time.Instant;

/**
 * One name in a tree.
 *
 * @param mode permission bits and type, as in {@code st_mode}
 * @param size in bytes; zero for anything but a regular file
 * @param target of a symbolic link, or of a further hard link the path of the first name
 * in the tree; empty for all others
 * @param links how many names in the tree mean this file
 */
record TreeEntry(Kind kind, int mode, int uid, int gid, long size, Instant modified, String target, int links) {

	boolean isReplacedBy(TreeEntry other) {
		return kind != other.kind || !target.equals(other.target);
	}

	boolean hasOtherAttributesThan(TreeEntry other) {
		return mode != other.mode || uid != other.uid || gid != other.gid || size != other.size
				|| modified.getEpochSecond() != other.modified.getEpochSecond();
	}

	TreeEntry withLinks(int count) {
		return new TreeEntry(kind, mode, uid, gid, size, modified, target, count);
	}

	/** What it is. */
	enum Kind {

		DIRECTORY, FILE, SYMBOLIC_LINK,

		/** A further name of a file that has come before. */
		HARD_LINK

	}

}
