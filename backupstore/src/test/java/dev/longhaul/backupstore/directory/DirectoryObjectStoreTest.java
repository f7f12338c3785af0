package dev.longhaul.backupstore.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.StreamingStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryObjectStoreTest extends StreamingStoreContract {

	@TempDir
	private Path directory;

	private DirectoryObjectStore store;

	@BeforeEach
	void open() throws IOException {
		store = new DirectoryObjectStore(Files.createDirectory(directory.resolve("root")));
	}

	@Override
	protected StreamingStore store() {
		return store;
	}

	@Override
	protected Optional<ObjectStore> storeOfNothing() {
		return Optional.of(new DirectoryObjectStore(directory.resolve("not mounted")));
	}

	@Test
	void whatAKilledProcessLeftUnfinishedIsGivenUpOnceItIsOld() throws IOException {
		ObjectUpload killed = store.upload("exports/night/dump");
		killed.write(bytes("half"), 0, 4);
		ObjectUpload elsewhere = store.upload("other/dump");
		elsewhere.write(bytes("half"), 0, 4);
		Instant anHourAgo = now().minusSeconds(3600);

		assertThat(store.giveUpUploads("exports/", anHourAgo)).isZero();
		assertThat(store.giveUpUploads("exports/", now().plusSeconds(60))).isEqualTo(1);
		assertThat(store.giveUpUploads("nothing/was/ever/here/", now())).isZero();

		try (Stream<Path> files = Files.walk(directory)) {
			assertThat(files.filter(Files::isRegularFile)).singleElement().asString().contains("/other/.longhaul-");
		}
		killed.close();
		elsewhere.close();
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
