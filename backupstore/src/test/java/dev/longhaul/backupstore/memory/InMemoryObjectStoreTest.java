package dev.longhaul.backupstore.memory;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.StreamingStoreContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryObjectStoreTest extends StreamingStoreContract {

	private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");

	private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.fixed(NOW, ZoneOffset.UTC));

	@Override
	protected StreamingStore store() {
		return store;
	}

	@Override
	protected Optional<ObjectStore> storeOfNothing() {
		return Optional.empty();
	}

	@Override
	protected Instant now() {
		return NOW;
	}

	@Test
	void anObjectIsAsOldAsTheClockSays() {
		store.put("a", new byte[1]);

		assertThat(store.find("a")).contains(new ObjectInfo("a", 1, NOW));
	}

}
