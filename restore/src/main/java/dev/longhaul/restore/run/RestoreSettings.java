package dev.longhaul.restore.run;

import java.time.Duration;

import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.time.Patience;
import dev.longhaul.restore.bucket.SourceBucket;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is carried out.
 *
 * @param skipConflicts whether what stands in the place of something is left there, and
 * the rest restored; else nothing is begun
 * @param backupTarget name of the cluster's BackupTarget that is the plan's bucket,
 * whatever its URL; null to find it by the URL
 * @param credentials for a cluster that has no backup target yet; null if there are none
 * @param looks how often to look, and for how long at something that should be there soon
 * @param standstill of a volume after which it counts as failed
 * @param lostNode how long a volume stands still until its node is asked about
 * @param attempts to restore a volume, at least 1
 * @param bucket of the plan, as far as this run reaches it itself
 */
public record RestoreSettings(boolean skipConflicts, @Nullable String backupTarget,
		@Nullable TargetCredentials credentials, Patience looks, Duration standstill, Duration lostNode, int attempts,
		SourceBucket bucket) {

	/**
	 * Longhorn looks at its target within seconds of being asked, and lists it within
	 * minutes.
	 */
	public static final Patience LOOKS = new Patience(Duration.ofSeconds(1), Duration.ofMinutes(10));

	public static final int ATTEMPTS = 3;

	/** A node that comes back, or a bucket that does, lets it go on. */
	public static final Duration STANDSTILL = Duration.ofMinutes(30);

	/** One that starts again has forgotten what it did. */
	public static final Duration LOST_NODE = Duration.ofMinutes(3);

	public RestoreSettings {
		if (attempts < 1) {
			throw new IllegalArgumentException("a volume is restored in %d attempts?".formatted(attempts));
		}
	}

	/** Into the cluster whose backups are restored, with the patience that is usual. */
	public static RestoreSettings intoOwnCluster(SourceBucket bucket) {
		return new RestoreSettings(false, null, null, LOOKS, STANDSTILL, LOST_NODE, ATTEMPTS, bucket);
	}

}
