package dev.longhaul.backupstore.s3;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The calls about versions that a bucket keeps.
 */
final class S3Versions {

	private static final int PAGE = 1000;

	private final S3Client client;

	private final S3Settings settings;

	private final S3Failures failures;

	S3Versions(S3Client client, S3Settings settings, S3Failures failures) {
		this.client = client;
		this.settings = settings;
		this.failures = failures;
	}

	VersionPage list(String prefix, VersionPage.Marker after) {
		String attempt = "list the versions of '" + prefix + "'";
		return new VersionsAnswer(ask(prefix, after, attempt)).page(prefix, after)
			.orElseThrow(() -> failures.notS3(attempt, "no listing of versions in the order of the keys"));
	}

	private ListObjectVersionsResponse ask(String prefix, VersionPage.Marker after, String attempt) {
		try {
			return client.listObjectVersions(list -> list.bucket(settings.bucket())
				.prefix(prefix.isEmpty() ? null : prefix)
				.keyMarker(after.key().isEmpty() ? null : after.key())
				.versionIdMarker(after.version().isEmpty() ? null : after.version())
				.maxKeys(PAGE));
		}
		catch (S3Exception ex) {
			throw (ex.statusCode() == 501) ? keepsNone(ex)
					: denied(ex, attempt, "listFiles, which is s3:ListBucketVersions elsewhere");
		}
		catch (SdkException ex) {
			throw failures.of(ex, attempt);
		}
	}

	List<VersionedStore.Refusal> delete(Collection<ObjectVersion.Id> versions) {
		ObjectVersion.Id first = versions.iterator().next();
		String attempt = "delete %d hidden versions from '%s' on".formatted(versions.size(), first.key());
		DeletionAnswer answer = new DeletionAnswer(ask(versions, attempt));
		List<VersionedStore.Refusal> refusals = answer.refusedVersions();
		Set<ObjectVersion.Id> unmentioned = new HashSet<>(versions);
		unmentioned.removeAll(answer.deletedVersions());
		refusals.forEach(refusal -> unmentioned.remove(refusal.id()));
		if (!unmentioned.isEmpty()) {
			throw failures.notS3(attempt, "it says nothing of '" + unmentioned.iterator().next().key() + "'");
		}
		return refusals;
	}

	private DeleteObjectsResponse ask(Collection<ObjectVersion.Id> versions, String attempt) {
		try {
			return client
				.deleteObjects(delete -> delete.bucket(settings.bucket()).delete(DeletionAnswer.requestOf(versions)));
		}
		catch (S3Exception ex) {
			throw denied(ex, attempt, "deleteFiles, which is s3:DeleteObjectVersion elsewhere");
		}
		catch (SdkException ex) {
			throw failures.of(ex, attempt);
		}
	}

	private RefusedRequest keepsNone(S3Exception answer) {
		return new RefusedRequest(FailureCode.TARGET_REFUSED,
				"%s knows no versions: it answers %s".formatted(settings.describe(), S3Failures.codeOf(answer)),
				"what is deleted there is gone at once, so there is nothing to be done", answer);
	}

	private LonghaulException denied(S3Exception answer, String attempt, String capability) {
		LonghaulException failure = failures.of(answer, attempt);
		boolean denied = S3Failures.codeOf(answer).equals("AccessDenied")
				&& failure.code() == FailureCode.TARGET_REFUSED;
		return denied ? new RefusedRequest(failure.code(), failure.fact(),
				"the key may not do this; in B2 it needs " + capability, answer) : failure;
	}

}
