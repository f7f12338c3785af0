package dev.longhaul.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedS3IT {

	private static final AccessKey KEY = new AccessKey("key", "the secret");

	@Test
	void anObjectIsAFileUnderTheBucketsDirectory(@TempDir Path directory) throws IOException {
		try (EmbeddedS3 s3 = EmbeddedS3.inDirectory(directory, KEY);
				S3Client client = SignedClient.careful(s3.endpoint(), KEY)) {
			s3.createBucket("backups");

			client.putObject(put -> put.bucket("backups").key("a/b c"), RequestBody.fromString("over S3"));
			Files.writeString(directory.resolve("backups/a/d"), "by hand");

			assertThat(directory.resolve("backups/a/b c")).hasContent("over S3");
			assertThat(client.getObjectAsBytes(get -> get.bucket("backups").key("a/d")).asUtf8String())
				.isEqualTo("by hand");
		}
	}

	@Test
	void aBucketThatIsThereKeepsItsObjects(@TempDir Path directory) throws IOException {
		try (EmbeddedS3 s3 = EmbeddedS3.inMemory(KEY); S3Client client = SignedClient.careful(s3.endpoint(), KEY)) {
			s3.createBucket("backups");
			client.putObject(put -> put.bucket("backups").key("a"), RequestBody.fromString("kept"));

			s3.createBucket("backups");

			assertThat(client.getObjectAsBytes(get -> get.bucket("backups").key("a")).asUtf8String()).isEqualTo("kept");
		}
	}

	@Test
	void wrongCredentialsAreRefused() throws IOException {
		try (EmbeddedS3 s3 = EmbeddedS3.inMemory(KEY)) {
			s3.createBucket("backups");

			assertThat(errorOfListingWith(s3, new AccessKey("stranger", "the secret"))).isEqualTo("InvalidAccessKeyId");
			assertThat(errorOfListingWith(s3, new AccessKey("key", "a guess"))).isEqualTo("SignatureDoesNotMatch");
		}
	}

	@Test
	void anAccessKeyNeverPrintsItself() {
		assertThat(KEY).hasToString("AccessKey[...]");
	}

	private static String errorOfListingWith(EmbeddedS3 s3, AccessKey key) {
		try (S3Client client = SignedClient.careful(s3.endpoint(), key)) {
			return assertThatExceptionOfType(S3Exception.class)
				.isThrownBy(() -> client.listObjectsV2(list -> list.bucket("backups")))
				.actual()
				.awsErrorDetails()
				.errorCode();
		}
	}

}
