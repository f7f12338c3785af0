package dev.longhaul.backupstore.s3;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionedStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What came back when objects were deleted: a success as a whole, whatever became of
 * each.
 */
record DeletionAnswer(DeleteObjectsResponse response) {

	private static final Set<String> BUSY = Set.of("InternalError", "ServiceUnavailable", "SlowDown");

	private static final Set<String> ABSENT = Set.of("NoSuchKey", "NoSuchVersion");

	/** Asks for a word on every key, so that silence about one is noticed. */
	static Delete request(List<String> keys) {
		return request(keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()));
	}

	/** The same of versions, each by its id. */
	static Delete requestOf(Collection<ObjectVersion.Id> versions) {
		return request(
				versions.stream().map(id -> ObjectIdentifier.builder().key(id.key()).versionId(id.version()).build()));
	}

	private static Delete request(Stream<ObjectIdentifier> objects) {
		return Delete.builder().quiet(false).objects(objects.toList()).build();
	}

	/** One that was not there counts. */
	Set<String> deleted() {
		Stream<String> absent = response.errors()
			.stream()
			.filter(error -> ABSENT.contains(error.code()))
			.map(S3Error::key);
		return Stream.concat(response.deleted().stream().map(DeletedObject::key), absent).collect(Collectors.toSet());
	}

	/** One that was not there counts. */
	Set<ObjectVersion.Id> deletedVersions() {
		Stream<ObjectVersion.Id> absent = response.errors()
			.stream()
			.filter(error -> ABSENT.contains(error.code()) && error.versionId() != null)
			.map(error -> new ObjectVersion.Id(error.key(), error.versionId()));
		Stream<ObjectVersion.Id> deleted = response.deleted()
			.stream()
			.filter(answer -> answer.versionId() != null)
			.map(answer -> new ObjectVersion.Id(answer.key(), answer.versionId()));
		return Stream.concat(deleted, absent).collect(Collectors.toSet());
	}

	Optional<Refusal> firstRefusal() {
		return refusals().findFirst().map(error -> new Refusal(String.valueOf(error.key()), asAnswer(error)));
	}

	List<VersionedStore.Refusal> refusedVersions() {
		return refusals().filter(error -> error.key() != null && error.versionId() != null)
			.map(error -> new VersionedStore.Refusal(new ObjectVersion.Id(error.key(), error.versionId()),
					S3Failures.words(asAnswer(error))))
			.toList();
	}

	private Stream<S3Error> refusals() {
		return response.errors().stream().filter(error -> !ABSENT.contains(error.code()));
	}

	private S3Exception asAnswer(S3Error error) {
		AwsErrorDetails details = AwsErrorDetails.builder()
			.errorCode(error.code())
			.errorMessage(error.message())
			.sdkHttpResponse(response.sdkHttpResponse())
			.build();
		return (S3Exception) S3Exception.builder()
			.awsErrorDetails(details)
			.statusCode(BUSY.contains(error.code()) ? 503 : 403)
			.build();
	}

	record Refusal(String key, S3Exception answer) {
	}

}
