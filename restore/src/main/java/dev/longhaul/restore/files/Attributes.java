package dev.longhaul.restore.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import dev.longhaul.restore.ext4.Inode;

/**
 * Gives files on this machine what they had, as far as that is possible: time and
 * permissions, and to root owners, too. A disk that keeps none of them, such as a stick
 * with exFAT, keeps the content all the same; the list of files has the rest.
 */
final class Attributes {

	static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	/** In the order of the bits of a mode, from the lowest. */
	private static final PosixFilePermission[] BITS = { PosixFilePermission.OTHERS_EXECUTE,
			PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_EXECUTE,
			PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ, PosixFilePermission.OWNER_EXECUTE,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ };

	private final boolean keepsOwners;

	/**
	 * @param keepsOwners whether this process may give files away
	 */
	Attributes(boolean keepsOwners) {
		this.keepsOwners = keepsOwners;
	}

	/**
	 * Those this process can give.
	 * @param own something this process has made
	 */
	static Attributes ofOwner(Path own) throws IOException {
		try {
			return new Attributes(Integer.valueOf(0).equals(Files.getAttribute(own, "unix:uid")));
		}
		catch (UnsupportedOperationException | IllegalArgumentException ex) {
			// There are no such owners on this machine.
			return new Attributes(false);
		}
	}

	/** Whether files get the owners they had. */
	boolean keepsOwners() {
		return keepsOwners;
	}

	/** Nobody but its owner gets into it. */
	static void close(Path directory) throws IOException {
		Files.setPosixFilePermissions(directory, OWNER_ONLY.value());
	}

	/** Of a file or a directory. */
	void give(Path file, Inode inode) {
		giveOwner(file, inode);
		attempt(() -> Files.setPosixFilePermissions(file, permissions(inode)));
		attempt(() -> Files.setLastModifiedTime(file, FileTime.from(inode.modified())));
	}

	/** Of a link, too. */
	void giveOwner(Path file, Inode inode) {
		if (keepsOwners) {
			attempt(() -> {
				Files.setAttribute(file, "unix:uid", (int) inode.uid(), LinkOption.NOFOLLOW_LINKS);
				Files.setAttribute(file, "unix:gid", (int) inode.gid(), LinkOption.NOFOLLOW_LINKS);
			});
		}
	}

	/** Never those that lend the rights of an owner, which may be another one here. */
	private static Set<PosixFilePermission> permissions(Inode inode) {
		Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_READ,
				PosixFilePermission.OWNER_WRITE);
		if (inode.kind() == Inode.Kind.DIRECTORY) {
			permissions.add(PosixFilePermission.OWNER_EXECUTE);
		}
		for (int bit = 0; bit < BITS.length; bit++) {
			if ((inode.permissions() >>> bit & 1) != 0) {
				permissions.add(BITS[bit]);
			}
		}
		return permissions;
	}

	private static void attempt(Step step) {
		try {
			step.run();
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			// The content counts, and the list of files has what it was.
		}
	}

	/** One thing that may not be possible. */
	@FunctionalInterface
	private interface Step {

		void run() throws IOException;

	}

}
