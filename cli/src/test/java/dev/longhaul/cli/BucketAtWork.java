package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.backupstore.target.Targets;
import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.bucket.b2.B2Front;
import dev.longhaul.bucket.call.CallLog;
import dev.longhaul.bucket.fault.FaultScript;
import dev.longhaul.cli.testing.MadeTarget;

/**
 * A bucket on this machine that refuses what Backblaze B2 refuses, holding a target.
 */
final class BucketAtWork implements AutoCloseable {

	static final String URL = "s3://backups@eu-central-003/home";

	static final String PATH = "home/";

	private static final AccessKey KEY = new AccessKey("004aKeyOfTheTest", "K004SecretOfTheTest");

	private final EmbeddedS3 endpoint;

	private final B2Front front;

	private BucketAtWork(EmbeddedS3 endpoint, B2Front front) {
		this.endpoint = endpoint;
		this.front = front;
	}

	/**
	 * @param target what {@link #URL} holds
	 */
	static BucketAtWork holding(MadeTarget target, Path directory) throws IOException {
		EmbeddedS3 endpoint = EmbeddedS3.inDirectory(directory, KEY);
		BucketAtWork bucket = new BucketAtWork(endpoint, B2Front.start(endpoint.endpoint()));
		bucket.create("backups");
		try (ObjectStore store = Targets.open(TargetUrl.parse(URL), bucket.variables(), Clock.systemUTC())) {
			target.copyTo(store, PATH);
		}
		bucket.front.calls().clear();
		return bucket;
	}

	/**
	 * The same, keeping what is replaced or deleted.
	 */
	static BucketAtWork keepingVersionsOf(MadeTarget target) throws IOException {
		EmbeddedS3 endpoint = EmbeddedS3.inMemory(KEY);
		BucketAtWork bucket = new BucketAtWork(endpoint, B2Front.start(endpoint.endpoint()));
		bucket.create("backups");
		endpoint.keepVersions("backups");
		try (ObjectStore store = bucket.open()) {
			target.copyTo(store, PATH);
		}
		return bucket;
	}

	/** As whoever else may write into the bucket opens it. */
	ObjectStore open() {
		return Targets.open(TargetUrl.parse(URL), variables(), Clock.systemUTC());
	}

	void create(String name) {
		endpoint.createBucket(name);
	}

	/** What a program needs in its environment to use the bucket. */
	Map<String, String> variables() {
		return Map.of("AWS_ACCESS_KEY_ID", KEY.id(), "AWS_SECRET_ACCESS_KEY", KEY.secret(), "AWS_ENDPOINTS",
				front.endpoint().toString());
	}

	CallLog calls() {
		return front.calls();
	}

	FaultScript faults() {
		return front.faults();
	}

	@Override
	public void close() throws IOException {
		front.close();
		endpoint.close();
	}

}
