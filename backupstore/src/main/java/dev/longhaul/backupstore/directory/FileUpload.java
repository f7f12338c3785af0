package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import dev.longhaul.backupstore.object.ObjectUpload;
import org.jspecify.annotations.Nullable;

/**
 * An object that is written into its directory as it comes.
 */
final class FileUpload implements ObjectUpload {

	private final Path root;

	private final String key;

	private final Path file;

	private DurableFile.@Nullable Draft draft;

	private long written;

	FileUpload(Path root, String key, Path file) {
		this.root = root;
		this.key = key;
		this.file = file;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		try {
			opened().write(ByteBuffer.wrap(bytes, offset, length));
			written += length;
		}
		catch (IOException ex) {
			throw DirectoryFailures.ofWriting(ex, root, key, written + length);
		}
	}

	@Override
	public void complete() {
		try {
			opened().publish();
		}
		catch (IOException ex) {
			throw DirectoryFailures.ofWriting(ex, root, key, written);
		}
	}

	private DurableFile.Draft opened() throws IOException {
		if (draft == null) {
			DirectoryObjectStore.requireRoot(root);
			draft = new DurableFile(root, file).draft();
		}
		return draft;
	}

	@Override
	public void close() {
		try {
			if (draft != null) {
				draft.close();
			}
		}
		catch (IOException ex) {
			throw DirectoryFailures.of(ex, root, "give up '" + key + "'");
		}
	}

}
