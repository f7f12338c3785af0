package dev.longhaul.backupstore.s3;

import java.util.List;
import java.util.Map;

import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore.Refusal;
import dev.longhaul.bucket.call.Operation;
import dev.longhaul.bucket.fault.CallPattern;
import dev.longhaul.bucket.fault.Fault;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a bucket refuses about versions, and answers that are none.
 */
class S3VersionsFaultIT extends FaultyBucketScene {

	private static final VersionPage.Marker BEGINNING = VersionPage.Marker.after("");

	private static final ObjectVersion.Id ONE = new ObjectVersion.Id("a", "v1");

	private static final ObjectVersion.Id OTHER = new ObjectVersion.Id("a", "v2");

	@Test
	void aKeyThatMayNotListVersionsIsToldWhatItNeeds() {
		bucket.front().faults().next(1, CallPattern.of(Operation.LIST_OBJECT_VERSIONS), Fault.accessDenied());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.listVersions("x/", BEGINNING))
			.withMessage(
					"could not list the versions of 'x/' in s3://backups@us-west-004: 403 AccessDenied: not entitled")
			.satisfies(refusal -> assertThat(refusal.hint()).isEqualTo(
					"the key may not do this; in B2 it needs listFiles, which is s3:ListBucketVersions elsewhere"));
	}

	@Test
	void aKeyThatMayNotDeleteVersionsIsToldWhatItNeeds() {
		bucket.front().faults().next(1, CallPattern.of(Operation.DELETE_OBJECTS), Fault.accessDenied());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.deleteVersions(List.of(ONE)))
			.satisfies(refusal -> assertThat(refusal.hint()).isEqualTo(
					"the key may not do this; in B2 it needs deleteFiles, which is s3:DeleteObjectVersion elsewhere"));
	}

	@Test
	void aCapIsACap() {
		bucket.front().faults().next(1, CallPattern.of(Operation.LIST_OBJECT_VERSIONS), Fault.transactionCapExceeded());

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.listVersions("", BEGINNING))
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.B2_CAP_EXCEEDED));
	}

	@Test
	void aStoreThatKnowsNoVersionsSaysSo() {
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.LIST_OBJECT_VERSIONS), Fault.error(501, "NotImplemented",
					"A header you provided implies functionality that is not implemented"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.listVersions("", BEGINNING))
			.withMessage("s3://backups@us-west-004 knows no versions: it answers NotImplemented")
			.satisfies(refusal -> assertThat(refusal.hint()).startsWith("what is deleted there is gone at once"));
	}

	@Test
	void aVersionThatIsLockedIsReportedAndTheOthersAreGone() {
		answerDeletion("""
				<Deleted><Key>a</Key><VersionId>v2</VersionId></Deleted>
				<Error><Key>a</Key><VersionId>v1</VersionId><Code>AccessDenied</Code>\
				<Message>object is locked</Message></Error>""");

		assertThat(store.deleteVersions(List.of(ONE, OTHER)))
			.containsExactly(new Refusal(ONE, "403 AccessDenied: object is locked"));
	}

	@Test
	void aVersionThatIsThereNoMoreIsDeleted() {
		answerDeletion(
				"""
						<Error><Key>a</Key><VersionId>v1</VersionId><Code>NoSuchVersion</Code><Message>gone</Message></Error>""");

		assertThat(store.deleteVersions(List.of(ONE))).isEmpty();
	}

	@Test
	void silenceAboutAVersionIsNotTakenForItsDeletion() {
		answerDeletion("<Deleted><Key>a</Key><VersionId>v2</VersionId></Deleted>");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.deleteVersions(List.of(ONE, OTHER)))
			.withMessageContaining("answered, but not as S3 does: it says nothing of 'a'")
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_MISBEHAVED));
	}

	@Test
	void theDeletionOfAKeyIsNoDeletionOfAVersion() {
		answerDeletion("<Deleted><Key>a</Key><DeleteMarker>true</DeleteMarker></Deleted>");

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.deleteVersions(List.of(ONE)))
			.withMessageContaining("it says nothing of 'a'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>Please log in</body></html>", "",
			"<ListVersionsResult><IsTruncated>true</IsTruncated></ListVersionsResult>", """
					<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>x/a</Key><VersionId>1</VersionId>\
					<IsLatest>true</IsLatest><ETag>"e"</ETag><Size>1</Size></Version></ListVersionsResult>""", """
					<ListVersionsResult><IsTruncated>false</IsTruncated><DeleteMarker><Key>elsewhere</Key>\
					<VersionId>1</VersionId><IsLatest>true</IsLatest>\
					<LastModified>2026-11-22T10:00:00Z</LastModified></DeleteMarker></ListVersionsResult>""", """
					<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker>\
					<DeleteMarker><Key>x/a</Key><VersionId>1</VersionId><IsLatest>true</IsLatest>\
					<LastModified>2026-11-22T10:00:00Z</LastModified></DeleteMarker></ListVersionsResult>""" })
	void whatIsNoListingOfVersionsIsNotTakenForOne(String page) {
		bucket.front()
			.faults()
			.always(CallPattern.of(Operation.LIST_OBJECT_VERSIONS),
					new Fault.Answer(200, "application/xml", page, Map.of()));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> store.listVersions("x/", BEGINNING))
			.satisfies(refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_MISBEHAVED));
	}

	private static void answerDeletion(String what) {
		bucket.front()
			.faults()
			.next(1, CallPattern.of(Operation.DELETE_OBJECTS), new Fault.Answer(200, "application/xml",
					"<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + what + "</DeleteResult>",
					Map.of()));
	}

}
