package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreTest extends ObjectStoreContract {

	@TempDir
	private Path directory;

	private DirectoryObjectStore store;

	@BeforeEach
	void open() throws IOException {
		store = new DirectoryObjectStore(Files.createDirectory(directory.resolve("root")));
	}

	@Override
	protected ObjectStore store() {
		return store;
	}

	@Override
	protected Optional<ObjectStore> storeOfNothing() {
		return Optional.of(new DirectoryObjectStore(directory.resolve("not mounted")));
	}

	/** Without flushing each to the disk. */
	@Override
	protected void fill(List<String> keys) throws IOException {
		for (String key : keys) {
			Path file = directory.resolve("root").resolve(key);
			Files.createDirectories(file.getParent());
			Files.write(file, bytes(key));
		}
	}

}
