package dev.longhaul.backupstore.object;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The promises of {@link StreamingStore}, to be run over every implementation beside
 * those of every store.
 */
public abstract class StreamingStoreContract extends ObjectStoreContract {

	private static final int MIB = 1 << 20;

	@Override
	protected abstract StreamingStore store();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5 * MIB, 16 * MIB, 16 * MIB + 1, 40 * MIB })
	void whatWasUploadedComesBackWhole(int size) throws IOException {
		byte[] content = random(size);

		try (ObjectUpload upload = store().upload("a/streamed")) {
			for (int from = 0; from < size; from += 300_000) {
				upload.write(content, from, Math.min(300_000, size - from));
			}
			upload.complete();
		}

		assertThat(store().find("a/streamed")).map(ObjectInfo::size).contains((long) size);
		assertThat(Arrays.equals(contentOf("a/streamed"), content)).isTrue();
		assertThat(keys("", "")).containsExactly("a/streamed");
	}

	@Test
	void anUploadIsThereOnceItIsCompleteAndNotBefore() throws IOException {
		store().put("a/b", bytes("what was there before"));
		byte[] content = random(17 * MIB);

		try (ObjectUpload upload = store().upload("a/b")) {
			upload.write(content, 0, content.length);
			assertThat(contentOf("a/b")).isEqualTo(bytes("what was there before"));
			assertThat(keys("", "")).containsExactly("a/b");
			upload.complete();
		}

		assertThat(Arrays.equals(contentOf("a/b"), content)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 33 * MIB })
	void anUploadThatIsGivenUpLeavesNothing(int size) {
		try (ObjectUpload upload = store().upload("a/never")) {
			upload.write(random(size), 0, size);
		}

		assertThat(keys("", "")).isEmpty();
		assertThat(store().giveUpUploads("a/", Instant.MAX)).isZero();
	}

	@Test
	void aLaterChangeOfTheArrayChangesNothingThatWasWritten() throws IOException {
		byte[] content = bytes("kept");

		try (ObjectUpload upload = store().upload("a")) {
			upload.write(content, 0, content.length);
			content[0] = 'x';
			upload.complete();
		}

		assertThat(contentOf("a")).isEqualTo(bytes("kept"));
	}

	@Test
	void aKeyThatIsNoKeyIsNotUploaded() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().upload("a/../b"))
			.withMessageStartingWith("a key has ");
	}

	@Test
	void aStoreOfNothingTakesNoUpload() {
		StreamingStore nothing = (StreamingStore) storeOfNothing().orElse(null);
		assumeThat(nothing).as("a store that is always there").isNotNull();

		try (nothing; ObjectUpload upload = nothing.upload("a")) {
			assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> {
				upload.write(random(17 * MIB), 0, 17 * MIB);
				upload.complete();
			}).satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.BUCKET_NOT_FOUND));
		}
	}

	protected static byte[] random(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

}
