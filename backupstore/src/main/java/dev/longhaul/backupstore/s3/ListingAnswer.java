package dev.longhaul.backupstore.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectPage;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What came back when a listing was asked for. To the SDK any document is a listing, be
 * it one of no objects, so it is checked before anybody takes it for an empty bucket.
 */
record ListingAnswer(ListObjectsV2Response response) {

	/** Empty if this is no listing, or not the one asked for. */
	Optional<ObjectPage> page(String prefix, String startAfter) {
		Boolean truncated = response.isTruncated();
		if (truncated == null || (truncated && response.contents().isEmpty())) {
			return Optional.empty();
		}
		List<ObjectInfo> objects = new ArrayList<>();
		String last = startAfter;
		for (S3Object object : response.contents()) {
			if (!isWhole(object) || !object.key().startsWith(prefix) || !comesAfter(last, object.key())) {
				return Optional.empty();
			}
			last = object.key();
			objects.add(new ObjectInfo(object.key(), object.size(), object.lastModified()));
		}
		return Optional.of(new ObjectPage(objects, truncated));
	}

	private static boolean isWhole(S3Object object) {
		return object.key() != null && object.size() != null && object.size() >= 0 && object.lastModified() != null;
	}

	/** Whoever pages relies on it: out of order, a key would be missed or met forever. */
	private static boolean comesAfter(String last, String key) {
		return last.isEmpty() || ObjectKeys.ORDER.compare(key, last) > 0;
	}

}
