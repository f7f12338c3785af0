package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.bucket.b2.B2Front;
import org.jspecify.annotations.Nullable;

/**
 * A bucket behind a front that behaves like B2, and stores that open it.
 */
final class EmbeddedBucket implements AutoCloseable {

	static final String NAME = "backups";

	static final S3Credentials CREDENTIALS = new S3Credentials("0041f8e0a0b0c0d0000000001",
			"K004secretsecretsecretsecret");

	/** Tries again at once, and waits as long as a busy machine may take. */
	static final S3Limits QUICK = new S3Limits(4, Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofSeconds(10),
			Duration.ofSeconds(20), Duration.ofSeconds(30));

	/** For tests that wait for nothing to happen. */
	static final S3Limits IMPATIENT = new S3Limits(4, Duration.ofMillis(5), Duration.ofSeconds(1),
			Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofSeconds(30));

	private final EmbeddedS3 s3;

	private final B2Front front;

	private EmbeddedBucket(EmbeddedS3 s3, B2Front front) {
		this.s3 = s3;
		this.front = front;
		s3.createBucket(NAME);
	}

	static EmbeddedBucket start(Path directory) throws IOException {
		EmbeddedS3 s3 = EmbeddedS3.inDirectory(directory, new AccessKey(CREDENTIALS.keyId(), CREDENTIALS.secret()));
		return new EmbeddedBucket(s3, B2Front.start(s3.endpoint()));
	}

	/** Where a bucket can keep versions. */
	static EmbeddedBucket startInMemory() throws IOException {
		EmbeddedS3 s3 = EmbeddedS3.inMemory(new AccessKey(CREDENTIALS.keyId(), CREDENTIALS.secret()));
		return new EmbeddedBucket(s3, B2Front.start(s3.endpoint()));
	}

	static EmbeddedBucket startWithTls(Path directory, Path keyStore, String password) throws IOException {
		EmbeddedS3 s3 = EmbeddedS3.inDirectory(directory, new AccessKey(CREDENTIALS.keyId(), CREDENTIALS.secret()));
		return new EmbeddedBucket(s3, B2Front.startWithTls(s3.endpoint(), keyStore, password));
	}

	B2Front front() {
		return front;
	}

	EmbeddedS3 behind() {
		return s3;
	}

	S3ObjectStore open() {
		return open(settings(NAME, CREDENTIALS, null));
	}

	S3ObjectStore openImpatiently() {
		return open(settings(front.endpoint(), NAME, CREDENTIALS, null, IMPATIENT));
	}

	S3ObjectStore open(String bucket) {
		return open(settings(bucket, CREDENTIALS, null));
	}

	static S3ObjectStore open(S3Settings settings) {
		return open(settings, (callClass, sent, received) -> {
		});
	}

	static S3ObjectStore open(S3Settings settings, CallListener calls) {
		return new S3ObjectStore(settings, Clock.systemUTC(), calls);
	}

	S3Settings settings(String bucket, S3Credentials credentials, @Nullable String certificateAuthority) {
		return settings(front.endpoint(), bucket, credentials, certificateAuthority);
	}

	static S3Settings settings(URI endpoint, String bucket, S3Credentials credentials,
			@Nullable String certificateAuthority) {
		return settings(endpoint, bucket, credentials, certificateAuthority, QUICK);
	}

	static S3Settings settings(URI endpoint, String bucket, S3Credentials credentials,
			@Nullable String certificateAuthority, S3Limits limits) {
		return new S3Settings(endpoint, "us-west-004", bucket, S3Settings.Addressing.PATH, credentials,
				certificateAuthority, null, limits);
	}

	@Override
	public void close() throws IOException {
		front.close();
		s3.close();
	}

}
