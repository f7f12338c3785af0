package dev.longhaul.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * What one night made, as it is written into the bucket beside Longhorn's own data:
 * enough to know, without the cluster, which backups belong together.
 *
 * @param before null for a first night
 * @param kubernetesVersion null if the cluster did not say, and in records of older
 * versions
 * @param revision of the Git repository that declared the applications; null if none did
 * @param failed applications without a restore point tonight, with the reason
 */
public record RunManifest(Night night, @Nullable RunBefore before, String targetUrl, String longhornVersion,
		@Nullable String kubernetesVersion, @Nullable String revision, Instant writtenAt,
		List<RestorePoint> restorePoints, Map<ApplicationName, String> failed) {

	public RunManifest {
		restorePoints = List.copyOf(restorePoints);
		failed = Map.copyOf(failed);
		if (restorePoints.stream().map(RestorePoint::application).distinct().count() != restorePoints.size()) {
			throw new IllegalArgumentException("an application has one restore point in %s".formatted(night));
		}
	}

	/** One of a cluster whose version nobody knows. */
	public RunManifest(Night night, @Nullable RunBefore before, String targetUrl, String longhornVersion,
			@Nullable String revision, Instant writtenAt, List<RestorePoint> restorePoints,
			Map<ApplicationName, String> failed) {
		this(night, before, targetUrl, longhornVersion, null, revision, writtenAt, restorePoints, failed);
	}

}
