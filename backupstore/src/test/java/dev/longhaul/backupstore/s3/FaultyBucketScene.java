package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One bucket for a class of tests, with the object {@code there} in it. A fault that a
 * test has scripted and that never struck fails that test.
 */
abstract class FaultyBucketScene {

	@TempDir
	private static Path directory;

	static EmbeddedBucket bucket;

	S3ObjectStore store;

	@BeforeAll
	static void start() throws IOException {
		bucket = EmbeddedBucket.start(directory);
	}

	@BeforeEach
	void open() {
		store = bucket.open();
		store.put("there", "content".getBytes(StandardCharsets.UTF_8));
		bucket.front().calls().clear();
	}

	@AfterEach
	void everyFaultFired() {
		List<String> unfired = bucket.front().faults().unfired();
		bucket.front().faults().clear();
		store.close();
		assertThat(unfired).isEmpty();
	}

	@AfterAll
	static void stop() throws IOException {
		bucket.close();
	}

}
