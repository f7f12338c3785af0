package dev.longhaul.restore.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import dev.longhaul.restore.ext4.Inode;
import org.jspecify.annotations.Nullable;

/**
 * Where something of a tree is put.
 *
 * @param file on this machine
 * @param path in the tree, as it is made here; empty for the tree itself
 * @param stored path in the file system, its bytes as Latin-1
 */
record TreePlace(Path file, String path, String stored) {

	static TreePlace root(Path directory) {
		return new TreePlace(directory, "", "");
	}

	/**
	 * @param name as it is stored, any bytes
	 */
	TreePlace child(byte[] name) {
		String local = LocalName.of(name);
		return new TreePlace(file.resolve(local), step(path, local),
				step(stored, new String(name, StandardCharsets.ISO_8859_1)));
	}

	/** Beside this one, where its name is taken. */
	TreePlace instead(Inode inode) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		String other = LocalName.instead(name, inode.number());
		return new TreePlace(file.resolveSibling(other), path.substring(0, path.length() - name.length()) + other,
				stored);
	}

	private static String step(String path, String name) {
		return path.isEmpty() ? name : path + "/" + name;
	}

	/** The path in the file system in base64, if it is another. */
	@Nullable String storedBytes() {
		byte[] bytes = stored.getBytes(StandardCharsets.ISO_8859_1);
		boolean same = new String(bytes, StandardCharsets.UTF_8).equals(path);
		return same ? null : Base64.getEncoder().encodeToString(bytes);
	}

}
