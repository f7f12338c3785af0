package dev.longhaul.backupstore.s3;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoreFacts.ObjectLock;
import dev.longhaul.bucket.b2.ObjectLockAnswer;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a bucket refuses, and what is not a bucket at all.
 */
class S3ObjectStoreFaultIT extends FaultyBucketScene {

	private static final Clock HALF_PAST_EIGHT = Clock.fixed(Instant.parse("2026-11-22T20:30:00Z"), ZoneOffset.UTC);

	private static final CallPattern ANY = CallPattern.any();

	@Test
	void aCapIsNeverTriedAgainAndSaysWhenItIsReset() {
		bucket.front().faults().always(ANY, Fault.transactionCapExceeded());

		try (S3ObjectStore evening = openAtHalfPastEight()) {
			assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> evening.list("backupstore/", ""))
				.withMessage("could not list 'backupstore/' in s3://backups@us-west-004: 403 AccessDenied: "
						+ "Transaction cap exceeded")
				.satisfies(refusal -> assertThat(refusal.hint())
					.isEqualTo("the cap is reset at 00:00 UTC, in 3 h 30 min; until then only raising it under "
							+ "'Caps & Alerts' of the Backblaze account helps"));
		}

		assertThat(bucket.front().calls().latest()).hasSize(1);
	}

	@Test
	void everyCallKnowsACap() {
		bucket.front().faults().always(ANY, Fault.downloadCapExceeded());

		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.open("there"));
		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.find("there"));
		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.put("new", new byte[1]));
		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.delete(List.of("new")));
		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.examine());
	}

	@Test
	void aCapOnTheObjectLockIsACapAndNotAnAnswer() {
		bucket.front().faults().always(CallPattern.of(Operation.GET_OBJECT_LOCK), Fault.transactionCapExceeded());

		assertRefused(FailureCode.B2_CAP_EXCEEDED, () -> store.examine());
	}

	@Test
	void aKeyThatMayNotIsTold() {
		bucket.front().faults().always(ANY, Fault.accessDenied());

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.find("there"))
			.withMessage("could not open 'there' in s3://backups@us-west-004: 403 AccessDenied: not entitled")
			.satisfies(refusal -> assertThat(refusal.hint()).startsWith("the key may not do this; in B2 it needs "));
		assertThat(bucket.front().calls().latest()).as("HEAD, and GET to hear why").hasSize(2);
	}

	@Test
	void anUnknownKeyIdIsTold() {
		try (S3ObjectStore stranger = EmbeddedBucket
			.open(bucket.settings(EmbeddedBucket.NAME, new S3Credentials("unknown", "secret"), null))) {
			assertRefused(FailureCode.TARGET_REFUSED, () -> stranger.list("", ""))
				.withMessageContaining("InvalidAccessKeyId")
				.satisfies(
						refusal -> assertThat(refusal.hint()).startsWith("check the key id; B2 needs an application"));
		}
		assertThat(bucket.front().calls().latest()).hasSize(1);
	}

	@Test
	void aWrongSecretIsTold() {
		S3Credentials wrong = new S3Credentials(EmbeddedBucket.CREDENTIALS.keyId(), "a guess");

		try (S3ObjectStore stranger = EmbeddedBucket.open(bucket.settings(EmbeddedBucket.NAME, wrong, null))) {
			assertRefused(FailureCode.TARGET_REFUSED, () -> stranger.find("there"))
				.withMessageContaining("SignatureDoesNotMatch")
				.withMessageNotContaining("a guess")
				.satisfies(refusal -> assertThat(refusal.hint()).startsWith("check the secret of the key"));
		}
	}

	@Test
	void aSignatureRefusedBecauseOfTheClockIsToldApart() {
		Fault ahead = new Fault.Answer(403, "application/xml",
				"<Error><Code>SignatureDoesNotMatch</Code><Message>Signature validation failed</Message></Error>",
				Map.of("Date", "Sun, 22 Nov 2026 19:00:00 GMT"));
		bucket.front().faults().always(ANY, ahead);

		try (S3ObjectStore evening = openAtHalfPastEight()) {
			assertRefused(FailureCode.TARGET_REFUSED, () -> evening.list("", ""))
				.satisfies(refusal -> assertThat(refusal.hint())
					.isEqualTo("the clock of this machine is 90 min off the store's; correct it"));
		}
	}

	@Test
	void aClockThatIsOffIsCorrectedByTheStoresDate() {
		Fault ahead = new Fault.Answer(403, "application/xml",
				"<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large</Message></Error>",
				Map.of("Date", "Sun, 22 Nov 2026 19:00:00 GMT"));
		bucket.front().faults().next(1, ANY, ahead);
		bucket.front().faults().next(1, ANY, Fault.accessDenied());

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.list("", "")).withMessageContaining("AccessDenied");

		assertThat(bucket.front().calls().latest().get(1).headers().get("x-amz-date")).startsWith("20261122T19");
	}

	@Test
	void anAbsentBucketIsNeverAnAbsentObject() {
		try (S3ObjectStore nothing = bucket.open("nowhere")) {
			assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> nothing.find("there"))
				.withMessage("could not open 'there' in s3://nowhere@us-west-004: 404 NoSuchBucket: "
						+ "The specified bucket does not exist");
		}
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.DELETE_OBJECTS),
					Fault.error(404, "NoSuchBucket", "The specified bucket does not exist"));

		assertRefused(FailureCode.BUCKET_NOT_FOUND, () -> store.delete(List.of("there")));
	}

	@ParameterizedTest
	@CsvSource({ "400, AuthorizationHeaderMalformed, the region 'us-west-004' is not the bucket's",
			"301, PermanentRedirect, the region 'us-west-004' is not the bucket's",
			"400, InvalidArgument, the store refuses this kind of call",
			"501, NotImplemented, the store refuses this kind of call" })
	void otherRefusalsAreTold(int status, String code, String hint) {
		bucket.front().faults().next(1, ANY, Fault.error(status, code, "what it says"));

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.list("", ""))
			.withMessage("could not list '' in s3://backups@us-west-004: %d %s: what it says".formatted(status, code))
			.satisfies(refusal -> assertThat(refusal.hint()).startsWith(hint));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>Please log in</body></html>", "<!DOCTYPE html><html><p>Please log in",
			"{\"error\":\"no\"}", "" })
	void anythingThatAnswersIsNotAnEmptyBucket(String page) {
		Fault portal = new Fault.Answer(200, "text/html", page, Map.of());
		bucket.front().faults().always(ANY, portal);

		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.list("", ""))
			.satisfies(refusal -> assertThat(refusal.hint()).startsWith("check that the endpoint is the S3 endpoint"));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.find("there"));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.open("there"));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.put("new", new byte[1]));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.delete(List.of("new")));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.examine());
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 403, 404 })
	void aWebServersErrorIsNotAnAnswerOfABucket(int status) {
		bucket.front().faults().always(ANY, new Fault.Answer(status, "text/html", "<html>no</html>", Map.of()));

		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.list("", ""));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.find("there"));
		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.open("there"));
	}

	@Test
	void anAnswerWithoutEndIsNotReadToItsEnd() {
		String endless = "<ListBucketResult>" + "<a/>".repeat(3 << 20) + "</ListBucketResult>";
		bucket.front().faults().always(ANY, new Fault.Answer(200, "application/xml", endless, Map.of()));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> store.list("", ""))
			.withMessageContaining("the answer is larger than 8388608 bytes");
	}

	@Test
	void whatAStoreSaysIsKeptShortAndOnOneLine() {
		bucket.front().faults().next(1, ANY, Fault.error(403, "AccessDenied", "no\n" + "o".repeat(1_000)));

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.list("", ""))
			.satisfies(refusal -> assertThat(refusal.fact()).hasSizeLessThan(400).doesNotContain("\n"));
	}

	@Test
	void aDeletionThatIsRefusedForOneObjectIsRefused() {
		bucket.front().faults().next(1, CallPattern.of(Operation.DELETE_OBJECTS), deleted("""
				<Deleted><Key>a</Key></Deleted>
				<Error><Key>b</Key><Code>AccessDenied</Code><Message>locked</Message></Error>"""));

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.delete(List.of("a", "b")))
			.withMessage("could not delete 'b' in s3://backups@us-west-004: 403 AccessDenied: locked");
	}

	@Test
	void aDeletionThatFailsForOneObjectMayBeTriedAgain() {
		bucket.front().faults().next(1, CallPattern.of(Operation.DELETE_OBJECTS), deleted("""
				<Error><Key>a</Key><Code>NoSuchKey</Code><Message>gone</Message></Error>
				<Error><Key>b</Key><Code>InternalError</Code><Message>oops</Message></Error>"""));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> store.delete(List.of("a", "b")))
			.withMessage("could not delete 'b' in s3://backups@us-west-004: 503 InternalError: oops");
	}

	@Test
	void aDeletionThatSaysNothingOfAnObjectIsNotTakenForDone() {
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.DELETE_OBJECTS), deleted("<Deleted><Key>a</Key></Deleted>"));

		assertRefused(FailureCode.TARGET_MISBEHAVED, () -> store.delete(List.of("a", "b")))
			.withMessageContaining("it says nothing of 'b'");
	}

	@Test
	void contentThatArrivesDamagedIsRefusedByTheStore() {
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.PUT_OBJECT),
					Fault.error(400, "BadDigest", "The Content-MD5 you specified did not match what we received."));

		assertRefused(FailureCode.TARGET_REFUSED, () -> store.put("new", new byte[1]))
			.withMessageContaining("400 BadDigest");
	}

	@ParameterizedTest
	@CsvSource({ "COMPLIANCE_30_DAYS, LOCKED, the bucket locks new objects for 30 days (COMPLIANCE)",
			"ENABLED_WITHOUT_DEFAULT, UNLOCKED, 'the bucket''s object lock is enabled, but locks nothing by default'",
			"NOT_CONFIGURED, UNLOCKED, the bucket has no object lock",
			"FORBIDDEN, UNKNOWN, the key may not read the bucket's object lock (readBucketRetentions)" })
	void theBucketSaysWhetherItLocks(ObjectLockAnswer answer, ObjectLock lock, String evidence) {
		bucket.front().answerObjectLock(answer);

		StoreFacts facts = store.examine();

		assertThat(facts.objectLock()).isEqualTo(lock);
		assertThat(facts.objectLockEvidence()).isEqualTo(evidence);
	}

	@Test
	void aStoreThatDoesNotKnowObjectLockHasNotSaidNo() {
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.GET_OBJECT_LOCK), Fault.error(501, "NotImplemented",
					"A header you provided implies functionality that is not implemented."));

		assertThat(store.examine().objectLock()).isEqualTo(ObjectLock.UNKNOWN);
	}

	@Test
	void theServersClockIsTheServers() {
		Instant other = Instant.parse("2031-01-01T00:00:00Z");
		bucket.front().faults().next(1, CallPattern.of(Operation.LIST_OBJECTS), new Fault.WrongDate(other));

		assertThat(store.examine().serverTime()).isEqualTo(other);
	}

	private static Fault deleted(String what) {
		return new Fault.Answer(200, "application/xml",
				"<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + what + "</DeleteResult>",
				Map.of());
	}

	private static ThrowableAssertAlternative<RefusedRequest> assertRefused(FailureCode code, ThrowingCallable call) {
		return assertThatExceptionOfType(RefusedRequest.class).isThrownBy(call)
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
			.satisfies(refusal -> assertThat(refusal.hint()).isNotBlank());
	}

	private static S3ObjectStore openAtHalfPastEight() {
		return new S3ObjectStore(bucket.settings(EmbeddedBucket.NAME, EmbeddedBucket.CREDENTIALS, null),
				HALF_PAST_EIGHT, (callClass, sent, received) -> {
				});
	}

}
