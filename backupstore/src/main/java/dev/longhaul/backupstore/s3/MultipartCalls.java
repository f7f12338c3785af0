package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * The calls by which an object is made of parts. B2 bills parts of unfinished uploads, so
 * none may be forgotten.
 */
final class MultipartCalls {

	private static final String TYPE = "application/octet-stream";

	/** A thousand uploads each. */
	private static final int MOST_PAGES = 10;

	private final S3Client client;

	private final S3Settings settings;

	private final S3Failures failures;

	MultipartCalls(S3Client client, S3Settings settings, S3Failures failures) {
		this.client = client;
		this.settings = settings;
		this.failures = failures;
	}

	/**
	 * @return the id of the upload
	 */
	String begin(String key) {
		String attempt = "begin the upload of '" + key + "'";
		String id = answer(attempt,
				() -> client
					.createMultipartUpload(create -> create.bucket(settings.bucket()).key(key).contentType(TYPE)))
			.uploadId();
		if (id == null || id.isEmpty()) {
			throw failures.notS3(attempt, "no id of the upload");
		}
		return id;
	}

	/**
	 * @param number from 1
	 * @param bytes may be changed once this has returned
	 */
	CompletedPart send(String key, String uploadId, int number, byte[] bytes, int length) {
		String attempt = "write part %d of '%s'".formatted(number, key);
		RequestBody body = RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, length), length,
				TYPE);
		String eTag = answer(attempt,
				() -> client.uploadPart(part -> part.bucket(settings.bucket())
					.key(key)
					.uploadId(uploadId)
					.partNumber(number)
					.contentMD5(md5(bytes, length))
					.overrideConfiguration(call -> call.apiCallAttemptTimeout(settings.limits().forContent(length))),
						body))
			.eTag();
		if (eTag == null) {
			throw failures.notS3(attempt, "no ETag of what was written");
		}
		return CompletedPart.builder().partNumber(number).eTag(eTag).build();
	}

	/**
	 * @throws OutcomeUnknown if the store has no such upload, or not all of its parts; it
	 * also says that if the answer to an earlier attempt was lost, or that attempt is
	 * still under way
	 */
	void complete(String key, String uploadId, List<CompletedPart> parts) {
		String attempt = "complete the upload of '" + key + "'";
		try {
			var done = client.completeMultipartUpload(complete -> complete.bucket(settings.bucket())
				.key(key)
				.uploadId(uploadId)
				.multipartUpload(upload -> upload.parts(parts)));
			if (done.eTag() == null) {
				throw failures.notS3(attempt, "no ETag of what was written");
			}
		}
		catch (SdkException ex) {
			LonghaulException failure = failures.of(ex, attempt);
			if (isOfNoUpload(ex) || S3Failures.isOfLostParts(ex)) {
				throw new OutcomeUnknown(FailureCode.TARGET_UNREACHABLE, failure.fact(),
						"somebody gave the upload up, or the store lost it; run the same command again", ex);
			}
			throw failure;
		}
	}

	/** One that is not there counts as given up. */
	void giveUp(String key, String uploadId) {
		try {
			client.abortMultipartUpload(abort -> abort.bucket(settings.bucket()).key(key).uploadId(uploadId));
		}
		catch (SdkException ex) {
			// Otherwise an attempt whose answer was lost gave it up or completed it.
			if (!isOfNoUpload(ex)) {
				throw failures.of(ex, "give up the upload of '" + key + "'");
			}
		}
	}

	/** Some stores say that there is no key. */
	private static boolean isOfNoUpload(SdkException answer) {
		return answer instanceof NoSuchUploadException || answer instanceof NoSuchKeyException;
	}

	/**
	 * @return how many there were
	 */
	int giveUpAll(String prefix, Instant begunBefore) {
		int count = 0;
		ListMultipartUploadsResponse page = null;
		for (int pages = 0; pages < MOST_PAGES && (page == null || Boolean.TRUE.equals(page.isTruncated())); pages++) {
			page = list(prefix, page);
			for (MultipartUpload upload : page.uploads()) {
				if (isForgotten(upload, prefix, begunBefore)) {
					giveUp(upload.key(), upload.uploadId());
					count++;
				}
			}
		}
		return count;
	}

	private ListMultipartUploadsResponse list(String prefix, @Nullable ListMultipartUploadsResponse before) {
		return answer("list unfinished uploads of '" + prefix + "'",
				() -> client.listMultipartUploads(list -> list.bucket(settings.bucket())
					.prefix(prefix.isEmpty() ? null : prefix)
					.keyMarker((before == null) ? null : before.nextKeyMarker())
					.uploadIdMarker((before == null) ? null : before.nextUploadIdMarker())));
	}

	/** One that does not say how old it is may be under way. */
	private static boolean isForgotten(MultipartUpload upload, String prefix, Instant begunBefore) {
		return upload.key() != null && upload.key().startsWith(prefix) && upload.uploadId() != null
				&& upload.initiated() != null && upload.initiated().isBefore(begunBefore);
	}

	private static String md5(byte[] bytes, int length) {
		try {
			MessageDigest md5 = MessageDigest.getInstance("MD5");
			md5.update(ByteBuffer.wrap(bytes, 0, length));
			return Base64.getEncoder().encodeToString(md5.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has MD5", ex);
		}
	}

	private <T> T answer(String attempt, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SdkException ex) {
			throw failures.of(ex, attempt);
		}
	}

}
