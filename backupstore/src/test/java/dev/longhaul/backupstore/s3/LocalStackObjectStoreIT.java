package dev.longhaul.backupstore.s3;

import java.time.Clock;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.StreamingStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The contract over another maker's S3, which orders keys and holds them below each other
 * as a bucket does.
 */
@Tag("docker")
@TestInstance(Lifecycle.PER_CLASS)
class LocalStackObjectStoreIT extends StreamingStoreContract {

	private static final String NO_DOCKER = "no Docker daemon answers, so there is no LocalStack to test against";

	private @Nullable LocalStackContainer localStack;

	private int buckets;

	private @Nullable S3ObjectStore store;

	@BeforeAll
	void start() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			System.out.println(getClass().getSimpleName() + " is left out: " + NO_DOCKER);
			return;
		}
		localStack = new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.9.2")).withServices("s3");
		localStack.start();
	}

	@BeforeEach
	void open() throws Exception {
		assumeTrue(localStack != null, NO_DOCKER);
		String name = "bucket-" + ++buckets;
		localStack.execInContainer("awslocal", "s3api", "create-bucket", "--bucket", name);
		store = store(name);
	}

	@AfterEach
	void close() {
		if (store != null) {
			store.close();
		}
	}

	@AfterAll
	void stop() {
		if (localStack != null) {
			localStack.stop();
		}
	}

	@Override
	protected StreamingStore store() {
		return store;
	}

	@Override
	protected Optional<ObjectStore> storeOfNothing() {
		return Optional.of(store("nowhere"));
	}

	private S3ObjectStore store(String name) {
		S3Credentials credentials = new S3Credentials(localStack.getAccessKey(), localStack.getSecretKey());
		return new S3ObjectStore(new S3Settings(localStack.getEndpoint(), localStack.getRegion(), name,
				S3Settings.Addressing.PATH, credentials, null, null, S3Limits.DEFAULT), Clock.systemUTC(),
				(callClass, sent, received) -> {
				});
	}

}
