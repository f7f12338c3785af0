package dev.longhaul.backupstore.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.backupstore.object.ObjectKeys;
import dev.longhaul.backupstore.object.ObjectVersion;
import dev.longhaul.backupstore.object.ObjectVersion.Kind;
import dev.longhaul.backupstore.object.VersionPage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * What came back when versions were asked for. The protocol lists marks among the other
 * versions, and the SDK beside them, so their order under a key is made of their times
 * again.
 */
record VersionsAnswer(ListObjectVersionsResponse response) {

	private static final Comparator<ObjectVersion> ORDER = Comparator.comparing(ObjectVersion::key, ObjectKeys.ORDER)
		.thenComparing(version -> !version.current())
		.thenComparing(ObjectVersion::lastModified, Comparator.reverseOrder());

	/** Empty if this is no listing of versions, or not the one asked for. */
	Optional<VersionPage> page(String prefix, VersionPage.Marker after) {
		Boolean truncated = response.isTruncated();
		int count = response.versions().size() + response.deleteMarkers().size();
		if (truncated == null || (truncated && (count == 0 || nextKey().isEmpty()))) {
			return Optional.empty();
		}
		List<ObjectVersion> versions = versions().toList();
		boolean asked = versions.stream().allMatch(version -> isAskedFor(version.key(), prefix, after));
		if (versions.size() < count || !asked) {
			return Optional.empty();
		}
		List<ObjectVersion> sorted = new ArrayList<>(versions);
		sorted.sort(ORDER);
		if (truncated && !goesOn(sorted.get(sorted.size() - 1).key())) {
			return Optional.empty();
		}
		return Optional
			.of(new VersionPage(sorted, truncated ? new VersionPage.Marker(nextKey(), nextVersion()) : null));
	}

	private Stream<ObjectVersion> versions() {
		Stream<ObjectVersion> contents = response.versions()
			.stream()
			.filter(version -> version.size() != null && version.size() >= 0 && version.eTag() != null)
			.flatMap(version -> whole(version.key(), version.versionId(), Kind.CONTENT, version.isLatest(),
					version.size(), version.lastModified(), version.eTag()));
		return Stream.concat(contents, response.deleteMarkers().stream().flatMap(VersionsAnswer::mark));
	}

	private static Stream<ObjectVersion> mark(DeleteMarkerEntry mark) {
		return whole(mark.key(), mark.versionId(), Kind.MARK, mark.isLatest(), 0, mark.lastModified(), "");
	}

	private static Stream<ObjectVersion> whole(@Nullable String key, @Nullable String id, Kind kind,
			@Nullable Boolean latest, long size, @Nullable Instant lastModified, String eTag) {
		if (key == null || key.isEmpty() || id == null || id.isEmpty() || latest == null || lastModified == null) {
			return Stream.empty();
		}
		return Stream.of(new ObjectVersion(new ObjectVersion.Id(key, id), kind, latest, size, lastModified, eTag));
	}

	/** Some versions of the marker's own key may follow it. */
	private static boolean isAskedFor(String key, String prefix, VersionPage.Marker after) {
		int order = ObjectKeys.ORDER.compare(key, after.key());
		return key.startsWith(prefix) && (after.version().isEmpty() ? order > 0 : order >= 0);
	}

	/** Whoever pages relies on it: further back, it would never come to an end. */
	private boolean goesOn(String lastKey) {
		return ObjectKeys.ORDER.compare(nextKey(), lastKey) >= 0;
	}

	private String nextKey() {
		return (response.nextKeyMarker() != null) ? response.nextKeyMarker() : "";
	}

	private String nextVersion() {
		return (response.nextVersionIdMarker() != null) ? response.nextVersionIdMarker() : "";
	}

}
