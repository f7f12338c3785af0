package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What goes wrong while an object is sent in parts: it is there whole or not at all, and
 * no part of it stays to be billed.
 */
class S3UploadFaultIT extends FaultyBucketScene {

	private static final CallPattern MULTIPART = CallPattern.of(Operation.MULTIPART_WRITE);

	private static final Fault INVALID_PART = Fault.error(400, "InvalidPart", "One or more parts could not be found.");

	private static final String KEY = "exports/dump";

	private static final byte[] CONTENT = new byte[2 * S3Upload.PART_BYTES + 4711];

	static {
		new Random(1).nextBytes(CONTENT);
	}

	@BeforeEach
	void withoutTheObject() {
		store.delete(List.of(KEY));
		bucket.front().calls().clear();
	}

	@Test
	void aLargeObjectGoesInPartsOfOneSizeEachWithItsMd5() throws IOException {
		upload();

		assertThat(bucket.front().calls().latest(Operation.MULTIPART_WRITE)).hasSize(5);
		assertThat(bucket.front().calls().latest(Operation.MULTIPART_WRITE).subList(1, 4))
			.allSatisfy(part -> assertThat(part.headers()).containsKey("content-md5"))
			.extracting(part -> Integer.valueOf(part.headers().get("content-length")))
			.containsExactly(S3Upload.PART_BYTES, S3Upload.PART_BYTES, 4711);
		assertThat(bucket.front().calls().latest()).extracting(Call::headers)
			.allSatisfy(headers -> assertThat(headers.keySet())
				.noneMatch(header -> header.startsWith("x-amz-checksum") || header.startsWith("x-amz-sdk-checksum")));
		assertThat(contentIsThere()).isTrue();
	}

	@Test
	void aSmallObjectCostsOneCall() {
		try (ObjectUpload upload = store.upload(KEY)) {
			upload.write(CONTENT, 0, 1000);
			upload.complete();
		}

		assertThat(bucket.front().calls().latest()).extracting(Call::operation).containsExactly(Operation.PUT_OBJECT);
	}

	/** Begin, three parts, complete. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	void anAnswerThatIsLostOnceIsAskedForAgain(int call) throws IOException {
		bucket.front().faults().after(call, 1, MULTIPART, new Fault.LoseAnswer());

		upload();

		assertThat(contentIsThere()).isTrue();
		int begunTwice = (call == 0) ? 1 : 0;
		assertThat(store.giveUpUploads("exports/", Instant.MAX)).isEqualTo(begunTwice);
	}

	/** As a store says it whose first attempt took the parts, or is about to. */
	@Test
	void partsThatAreMissedAreNoRefusalIfTheObjectIsThere() throws IOException {
		bucket.front().faults().after(4, 1, MULTIPART, new Fault.LoseAnswer());
		bucket.front().faults().after(4, 1, MULTIPART, INVALID_PART);

		upload();

		assertThat(contentIsThere()).isTrue();
	}

	@Test
	void partsThatAreMissedAreAnOutcomeToLookAtIfItIsNot() {
		bucket.front().faults().after(4, 1, MULTIPART, INVALID_PART);

		assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(this::upload)
			.withMessage(
					"could not complete the upload of 'exports/dump' in s3://backups@us-west-004: 400 InvalidPart: "
							+ "One or more parts could not be found.");
		assertThat(store.giveUpUploads("exports/", Instant.MAX)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	void aStoreThatIsBusyForGoodGetsNothingAndKeepsNothing(int call) {
		bucket.front().faults().after(call, EmbeddedBucket.QUICK.attempts(), MULTIPART, Fault.internalError());

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(this::upload)
			.withMessageContaining("'exports/dump' in s3://backups@us-west-004: 500 InternalError")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.TARGET_UNREACHABLE));

		assertThat(store.find(KEY)).isEmpty();
		assertThat(store.giveUpUploads("exports/", Instant.MAX)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void whatCouldNotEvenBeGivenUpIsFoundLater(int call) {
		bucket.front().faults().after(call, Integer.MAX_VALUE, MULTIPART, Fault.transactionCapExceeded());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(this::upload)
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.B2_CAP_EXCEEDED))
			.satisfies(refusal -> assertThat(refusal.getSuppressed()).hasSize(1));

		bucket.front().faults().clear();
		assertThat(store.find(KEY)).isEmpty();
		assertThat(store.giveUpUploads("elsewhere/", Instant.MAX)).isZero();
		assertThat(store.giveUpUploads("exports/", Instant.EPOCH)).as("younger ones").isZero();
		assertThat(store.giveUpUploads("exports/", Instant.MAX)).isEqualTo(1);
		assertThat(store.giveUpUploads("exports/", Instant.MAX)).isZero();
	}

	private void upload() {
		try (ObjectUpload upload = store.upload(KEY)) {
			upload.write(CONTENT, 0, CONTENT.length);
			upload.complete();
		}
	}

	private boolean contentIsThere() throws IOException {
		try (StoredObject object = store.open(KEY).orElseThrow()) {
			return Arrays.equals(object.content().readAllBytes(), CONTENT);
		}
	}

}
