package dev.longhaul.backupstore.s3;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted here is what the endpoint counts, which bills it.
 */
class CountedCallsIT extends FaultyBucketScene {

	private static final byte[] CONTENT = new byte[300_000];

	private final Map<CallClass, Long> calls = new EnumMap<>(CallClass.class);

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong received = new AtomicLong();

	private S3ObjectStore counted;

	@BeforeEach
	void openCounted() {
		counted = EmbeddedBucket.open(bucket.settings(EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS, null),
				(callClass, out, in) -> {
					calls.merge(callClass, 1L, Long::sum);
					sent.addAndGet(out);
					received.addAndGet(in);
				});
	}

	@AfterEach
	void closeCounted() {
		counted.close();
	}

	@Test
	void countsEveryCallInTheClassInWhichItIsBilled() throws Exception {
		counted.put("new", CONTENT);
		counted.list("", "");
		counted.find("new");
		counted.open("new").orElseThrow().content().readAllBytes();
		counted.examine();
		counted.delete(List.of("new"));
		try (ObjectUpload upload = counted.upload("stream")) {
			upload.write(CONTENT, 0, CONTENT.length);
			upload.complete();
		}

		assertCountedAsBilled();
		assertThat(calls).containsOnlyKeys(CallClass.values());
		assertThat(sent.get()).isBetween(2L * CONTENT.length, 2L * CONTENT.length + 10_000);
		assertThat(received.get()).isBetween((long) CONTENT.length, CONTENT.length + 10_000L);
	}

	@Test
	void countsAnAttemptThatWasRefusedAndTheNextOne() {
		bucket.front().faults().next(1, CallPattern.of(Operation.HEAD_OBJECT), Fault.noTomes());

		assertThat(counted.find("there")).isPresent();

		assertThat(calls).containsExactly(Map.entry(CallClass.B, 2L));
		assertCountedAsBilled();
	}

	private void assertCountedAsBilled() {
		for (CallClass callClass : CallClass.values()) {
			assertThat(calls.getOrDefault(callClass, 0L)).as(callClass.name())
				.isEqualTo(bucket.front().calls().count(dev.longhaul.bucket.call.CallClass.valueOf(callClass.name())));
		}
	}

}
