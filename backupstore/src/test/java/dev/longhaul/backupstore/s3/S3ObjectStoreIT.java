package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.StreamingStoreContract;
import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.CallClass;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class S3ObjectStoreIT extends StreamingStoreContract {

	@TempDir
	private static Path directory;

	private static EmbeddedBucket bucket;

	private static int buckets;

	private String name;

	private S3ObjectStore store;

	@BeforeAll
	static void start() throws IOException {
		bucket = EmbeddedBucket.start(directory);
	}

	@BeforeEach
	void open() {
		name = "bucket-" + ++buckets;
		bucket.behind().createBucket(name);
		bucket.front().calls().clear();
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
	protected StreamingStore store() {
		return store;
	}

	@Override
	protected Optional<ObjectStore> storeOfNothing() {
		return Optional.of(bucket.open("nowhere"));
	}

	/** The endpoint behind the front orders keys as Java orders strings. */
	@Override
	protected boolean ordersSupplementaryCharacters() {
		return false;
	}

	/** The endpoint behind the front keeps objects as files. */
	@Override
	protected boolean knowsKeysBelowObjects() {
		return false;
	}

	/** An object of the embedded bucket is a file. */
	@Override
	protected void fill(List<String> keys) throws IOException {
		for (String key : keys) {
			Path file = directory.resolve(name).resolve(key);
			Files.createDirectories(file.getParent());
			Files.write(file, bytes(key));
		}
	}

	@Test
	void aListingOutOfOrderIsNotTakenForOne() throws IOException {
		fill(List.of("🎒", "\uFF5E"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.list("", ""))
			.withMessageContaining("answered, but not as S3 does: no listing in the order of the keys")
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_MISBEHAVED));
	}

	@Test
	void nothingIsSentThatB2Refuses() throws IOException {
		useEveryCall();

		for (Call call : bucket.front().calls().latest()) {
			assertThat(call.headers().keySet()).as(call.toString())
				.noneMatch(header -> header.startsWith("x-amz-checksum"))
				.noneMatch(header -> header.startsWith("x-amz-sdk-checksum"))
				.doesNotContain("x-amz-tagging", "x-amz-trailer", "content-encoding", "x-amz-checksum-mode");
			assertThat(call.headers().get("x-amz-content-sha256")).doesNotContain("STREAMING");
		}
	}

	@Test
	void whatWritesCarriesTheMd5OfItsContent() throws IOException {
		useEveryCall();

		assertThat(bucket.front().calls().latest(Operation.PUT_OBJECT)).isNotEmpty()
			.allSatisfy(call -> assertThat(call.headers()).containsEntry("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="));
		assertThat(bucket.front().calls().latest(Operation.DELETE_OBJECTS)).isNotEmpty()
			.allSatisfy(call -> assertThat(call.headers()).containsKey("content-md5"));
	}

	@Test
	void onlyWhatMustBeIsSigned() throws IOException {
		useEveryCall();

		for (Call call : bucket.front().calls().latest()) {
			String signed = call.headers().get("authorization").replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
			assertThat(signed.split(";")).as(call.toString())
				.contains("host", "x-amz-date", "x-amz-content-sha256")
				.doesNotContain("accept-encoding", "user-agent", "connection", "expect");
		}
	}

	@Test
	void everyCallCostsWhatItMust() throws IOException {
		useEveryCall();

		assertThat(bucket.front().calls().latest()).extracting(Call::operation)
			.containsExactly(Operation.PUT_OBJECT, Operation.HEAD_OBJECT, Operation.GET_OBJECT, Operation.LIST_OBJECTS,
					Operation.DELETE_OBJECTS, Operation.LIST_OBJECTS, Operation.GET_OBJECT_LOCK);
		assertThat(bucket.front().calls().count(CallClass.A)).isEqualTo(2);
		assertThat(bucket.front().calls().count(CallClass.B)).isEqualTo(3);
		assertThat(bucket.front().calls().count(CallClass.C)).isEqualTo(2);
	}

	@Test
	void aThousandAreDeletedByOneCall() {
		store.delete(IntStream.range(0, 2_001).mapToObj(i -> "key-" + i).toList());

		assertThat(bucket.front().calls().latest(Operation.DELETE_OBJECTS)).hasSize(3);
	}

	@Test
	void aConnectionIsUsedAgainAfterAWholeTransferAndNotAfterOneGivenUp() throws IOException {
		store.put("a", new byte[4 << 20]);
		contentOf("a");
		contentOf("a");
		try (var given = store.open("a").orElseThrow()) {
			given.content().readNBytes(1);
		}
		contentOf("a");

		assertThat(bucket.front().calls().latest()).extracting(Call::connection)
			.satisfies(numbers -> assertThat(numbers.get(1)).isEqualTo(numbers.get(0)))
			.satisfies(numbers -> assertThat(numbers.get(2)).isEqualTo(numbers.get(0)))
			.satisfies(numbers -> assertThat(numbers.get(3)).isEqualTo(numbers.get(0)))
			.satisfies(numbers -> assertThat(numbers.get(4)).isGreaterThan(numbers.get(0)));
	}

	@Test
	void makingAStoreOpensNoConnection() {
		try (S3ObjectStore idle = EmbeddedBucket.open(EmbeddedBucket.settings(URI.create("https://nowhere.invalid"),
				"backups", EmbeddedBucket.CREDENTIALS, null))) {
			assertThat(idle.describe()).isEqualTo("s3://backups@us-west-004");
		}
	}

	@Test
	void noSecretIsEverPrinted() {
		S3Settings settings = bucket.settings(name, EmbeddedBucket.CREDENTIALS, null);

		assertThat(EmbeddedBucket.CREDENTIALS).hasToString("S3Credentials[...]");
		assertThat(settings.toString()).doesNotContain(EmbeddedBucket.CREDENTIALS.secret(),
				EmbeddedBucket.CREDENTIALS.keyId());
		assertThat(store.describe()).isEqualTo("s3://" + name + "@us-west-004");
	}

	@Test
	void theDefaultLimitsBoundEveryCall() {
		assertThat(S3Limits.DEFAULT.forContent(2 << 20)).isEqualTo(Duration.ofSeconds(60 + 128));
	}

	private void useEveryCall() throws IOException {
		store.put("a", bytes("hello"));
		assertThat(store.find("a")).isPresent();
		assertThat(contentOf("a")).isEqualTo(bytes("hello"));
		assertThat(store.list("", "").objects()).hasSize(1);
		store.delete(Arrays.asList("a", "b"));
		store.examine();
	}

}
