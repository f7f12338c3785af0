package dev.longhaul.backupstore.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.object.VersionPage;
import dev.longhaul.backupstore.object.VersionedStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Objects in a bucket, over the S3 protocol as Backblaze B2 speaks it.
 * <p>
 * A call that fails through no fault of its own is attempted again, a bounded number of
 * times, on a new connection and with growing random pauses. Content that was put is
 * checked by the store against its MD5.
 */
public final class S3ObjectStore implements StreamingStore, VersionedStore {

	private static final int PAGE = 1000;

	/** As many as one call may name. */
	private static final int KEYS_PER_DELETE = 1000;

	private final S3Settings settings;

	private final Clock clock;

	private final S3Failures failures;

	private final SdkHttpClient http;

	private final S3Client client;

	private final MultipartCalls multipart;

	private final S3Versions versions;

	/**
	 * @param clock says how far off the store's clock is, and how long until a cap is
	 * reset
	 * @throws dev.longhaul.core.failure.RefusedRequest if the certificate authority in
	 * the settings is not one
	 */
	public S3ObjectStore(S3Settings settings, Clock clock, CallListener calls) {
		this.settings = settings;
		this.clock = clock;
		this.failures = new S3Failures(settings, clock);
		this.http = S3Clients.http(settings);
		this.client = S3Clients.client(settings, http, new CountedCalls(calls));
		this.multipart = new MultipartCalls(client, settings, failures);
		this.versions = new S3Versions(client, settings, failures);
	}

	@Override
	public String describe() {
		return settings.describe();
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		String attempt = "list '" + prefix + "'";
		return new ListingAnswer(ask(prefix, startAfter, PAGE, attempt)).page(prefix, startAfter)
			.orElseThrow(() -> failures.notS3(attempt, "no listing in the order of the keys"));
	}

	private ListObjectsV2Response ask(String prefix, String startAfter, int most, String attempt) {
		return answer(attempt,
				() -> client.listObjectsV2(list -> list.bucket(settings.bucket())
					.prefix(prefix.isEmpty() ? null : prefix)
					.startAfter(startAfter.isEmpty() ? null : startAfter)
					.maxKeys(most)));
	}

	/**
	 * The answer to HEAD has no body, so a refusal does not say why, and an absent bucket
	 * looks like an absent object. GET says it, and costs the same.
	 */
	@Override
	public Optional<ObjectInfo> find(String key) {
		ObjectKeys.require(key);
		String attempt = "look at '" + key + "'";
		try {
			HeadObjectResponse head = client.headObject(request -> request.bucket(settings.bucket()).key(key));
			return Optional.of(info(key, head.contentLength(), head.lastModified(), head.eTag(), attempt));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() >= 500) {
				throw failures.of(ex, attempt);
			}
			return findByOpening(key);
		}
		catch (SdkException ex) {
			throw failures.of(ex, attempt);
		}
	}

	private Optional<ObjectInfo> findByOpening(String key) {
		Optional<StoredObject> opened = open(key);
		opened.ifPresent(S3ObjectStore::giveUp);
		return opened.map(StoredObject::info);
	}

	private static void giveUp(StoredObject object) {
		try {
			object.close();
		}
		catch (IOException ex) {
			// Nothing was wanted of its content.
		}
	}

	@Override
	public Optional<StoredObject> open(String key) {
		ObjectKeys.require(key);
		String attempt = "open '" + key + "'";
		try {
			return Optional.of(opened(key, attempt));
		}
		catch (NoSuchKeyException ex) {
			return Optional.empty();
		}
		catch (SdkException ex) {
			throw failures.of(ex, attempt);
		}
	}

	private StoredObject opened(String key, String attempt) {
		ResponseInputStream<GetObjectResponse> transfer = client
			.getObject(get -> get.bucket(settings.bucket()).key(key));
		GetObjectResponse head = transfer.response();
		try {
			ObjectInfo info = info(key, head.contentLength(), head.lastModified(), head.eTag(), attempt);
			return new StoredObject(info,
					new ObjectBody(transfer, key, info.size(), clock, settings.limits().forContent(info.size())));
		}
		catch (RuntimeException ex) {
			transfer.abort();
			throw ex;
		}
	}

	@Override
	public void put(String key, byte[] content) {
		ObjectKeys.require(key);
		String attempt = "write '" + key + "'";
		RequestBody body = RequestBody.fromContentProvider(() -> new ByteArrayInputStream(content), content.length,
				"application/octet-stream");
		var written = answer(attempt, () -> client.putObject(put -> put.bucket(settings.bucket())
			.key(key)
			.contentMD5(Md5Utils.md5AsBase64(content))
			.overrideConfiguration(call -> call.apiCallAttemptTimeout(settings.limits().forContent(content.length))),
				body));
		if (written.eTag() == null) {
			throw failures.notS3(attempt, "no ETag of what was written");
		}
	}

	@Override
	public ObjectUpload upload(String key) {
		return new S3Upload(this, multipart, ObjectKeys.require(key));
	}

	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		return multipart.giveUpAll(folder, begunBefore);
	}

	@Override
	public void delete(Collection<String> keys) {
		List<String> distinct = keys.stream().map(ObjectKeys::require).distinct().toList();
		for (int from = 0; from < distinct.size(); from += KEYS_PER_DELETE) {
			deleteAtOnce(distinct.subList(from, Math.min(from + KEYS_PER_DELETE, distinct.size())));
		}
	}

	private void deleteAtOnce(List<String> keys) {
		String attempt = "delete %d objects from '%s' on".formatted(keys.size(), keys.get(0));
		DeletionAnswer answer = new DeletionAnswer(answer(attempt, () -> client
			.deleteObjects(delete -> delete.bucket(settings.bucket()).delete(DeletionAnswer.request(keys)))));
		answer.firstRefusal().ifPresent(refusal -> {
			throw failures.of(refusal.answer(), "delete '" + refusal.key() + "'");
		});
		Set<String> unmentioned = new HashSet<>(keys);
		unmentioned.removeAll(answer.deleted());
		if (!unmentioned.isEmpty()) {
			throw failures.notS3(attempt, "it says nothing of '" + unmentioned.iterator().next() + "'");
		}
	}

	@Override
	public VersionPage listVersions(String prefix, VersionPage.Marker after) {
		return versions.list(prefix, after);
	}

	@Override
	public List<Refusal> deleteVersions(Collection<ObjectVersion.Id> ids) {
		if (ids.size() > KEYS_PER_DELETE) {
			throw new IllegalArgumentException(
					"at most %d versions at once, not %d".formatted(KEYS_PER_DELETE, ids.size()));
		}
		return ids.isEmpty() ? List.of() : versions.delete(ids);
	}

	@Override
	public StoreFacts examine() {
		String attempt = "examine the bucket";
		ListObjectsV2Response listing = ask("", "", 1, attempt);
		if (new ListingAnswer(listing).page("", "").isEmpty()) {
			throw failures.notS3(attempt, "no listing");
		}
		ObjectLockAnswer lock = ObjectLockAnswer.ask(client, settings.bucket(), failures);
		return new StoreFacts(S3Failures.dateOf(listing.sdkHttpResponse()).orElse(null), lock.lock(), lock.evidence());
	}

	@Override
	public void close() {
		client.close();
		http.close();
	}

	/** What is not S3 answers a request for an object with anything. */
	private ObjectInfo info(String key, @Nullable Long size, @Nullable Instant lastModified, @Nullable String eTag,
			String attempt) {
		if (size == null || size < 0 || lastModified == null || eTag == null) {
			throw failures.notS3(attempt, "no size, time or ETag of the object");
		}
		return new ObjectInfo(key, size, lastModified);
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
