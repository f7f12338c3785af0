package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.backupstore.object.VersionedStoreContract;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * Over a bucket in memory, behind the front that refuses what B2 refuses.
 */
class S3VersionsIT extends VersionedStoreContract {

	private static EmbeddedBucket bucket;

	private static int buckets;

	private S3ObjectStore store;

	@BeforeAll
	static void start() throws IOException {
		bucket = EmbeddedBucket.startInMemory();
	}

	@BeforeEach
	void open() {
		String name = "versions-" + ++buckets;
		bucket.behind().createBucket(name);
		bucket.behind().keepVersions(name);
		store = bucket.open(name);
	}

	@AfterEach
	void close() {
		store.close();
	}

	@AfterAll
	static void stop() throws IOException {
		bucket.close();
	}

	@Override
	protected VersionedStore store() {
		return store;
	}

	@Override
	protected void letTimePass() {
		Instant now = store.examine().serverTime();
		Awaitility.await("the next second of the bucket")
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> store.examine().serverTime().isAfter(now));
	}

}
