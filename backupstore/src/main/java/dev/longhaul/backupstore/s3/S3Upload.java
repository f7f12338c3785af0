package dev.longhaul.backupstore.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object sent in parts of one size. One that fits into a single part is put whole,
 * which costs one call instead of three.
 */
final class S3Upload implements ObjectUpload {

	/** Both S3 and B2 take parts of 5 MiB to 5 GiB. */
	static final int PART_BYTES = 16 * 1024 * 1024;

	/** The most that S3 and B2 make an object of. */
	static final int MOST_PARTS = 10_000;

	private static final int FIRST_BUFFER = 64 * 1024;

	private final ObjectStore store;

	private final MultipartCalls calls;

	private final String key;

	private final List<CompletedPart> parts = new ArrayList<>();

	private byte[] part = new byte[FIRST_BUFFER];

	private int filled;

	private long size;

	/** Null as long as nothing was sent. */
	private @Nullable String uploadId;

	private boolean completed;

	/**
	 * @param store puts what fits into one part
	 */
	S3Upload(ObjectStore store, MultipartCalls calls, String key) {
		this.store = store;
		this.calls = calls;
		this.key = key;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		int taken = 0;
		while (taken < length) {
			if (filled == PART_BYTES) {
				sendPart();
			}
			int step = Math.min(length - taken, PART_BYTES - filled);
			grow(filled + step);
			System.arraycopy(bytes, offset + taken, part, filled, step);
			filled += step;
			taken += step;
		}
		size += length;
	}

	private void grow(int needed) {
		if (needed > part.length) {
			part = Arrays.copyOf(part, Math.min(PART_BYTES, Math.max(needed, 2 * part.length)));
		}
	}

	private void sendPart() {
		if (parts.size() == MOST_PARTS) {
			throw new RefusedRequest(FailureCode.TARGET_REFUSED,
					"'%s' has more than %d parts of %d bytes".formatted(key, MOST_PARTS, PART_BYTES),
					"no bucket takes more in one object by this way; make less of it, or several");
		}
		if (uploadId == null) {
			uploadId = calls.begin(key);
		}
		parts.add(calls.send(key, uploadId, parts.size() + 1, part, filled));
		filled = 0;
	}

	@Override
	public void complete() {
		if (uploadId == null) {
			store.put(key, Arrays.copyOf(part, filled));
			return;
		}
		if (filled > 0) {
			sendPart();
		}
		complete(uploadId);
		completed = true;
	}

	/**
	 * The answer to an earlier attempt may have been lost, and the store then does not
	 * know the upload any more, or is confused: it is complete if the object is there. By
	 * its size only; who has to know reads it.
	 */
	private void complete(String id) {
		try {
			calls.complete(key, id, parts);
		}
		catch (TransientFailure | OutcomeUnknown ex) {
			if (!isThere()) {
				throw ex;
			}
		}
	}

	private boolean isThere() {
		return store.find(key).filter(object -> object.size() == size).isPresent();
	}

	@Override
	public void close() {
		if (uploadId != null && !completed) {
			calls.giveUp(key, uploadId);
		}
	}

}
