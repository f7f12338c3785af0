package dev.longhaul.restore.run;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.plan.PlannedVolume;

/**
 * Backups that Longhorn listed while another cluster was still making them. It reads such
 * a one no more unless it is asked to, so that it has no URL to restore from, and keeps
 * its block size as not known.
 */
final class UnreadBackups {

	private final Map<BackupName, PlannedVolume> wanted;

	private final VolumeCluster longhorn;

	private final RestoreCluster cluster;

	/** Asked about once. */
	private final Set<BackupName> seen = new HashSet<>();

	UnreadBackups(List<PlannedVolume> volumes, VolumeCluster longhorn, RestoreCluster cluster) {
		this.wanted = volumes.stream()
			.collect(Collectors.toMap(PlannedVolume::backup, Function.identity(), (a, b) -> a));
		this.longhorn = longhorn;
		this.cluster = cluster;
	}

	/** Has those read that were not, of the ones that are listed by now. */
	void mend(String target) {
		longhorn.backups()
			.stream()
			.filter(backup -> backup.targetName().equals(target))
			.filter(backup -> wanted.containsKey(backup.name()) && !seen.contains(backup.name()))
			.forEach(this::mend);
	}

	private void mend(Backup backup) {
		PlannedVolume planned = Objects.requireNonNull(wanted.get(backup.name()));
		boolean known = cluster.knowsBlockSize(backup.name());
		if (!known || (backup.snapshot() == null && !backup.isReportedComplete())) {
			cluster.requestReading(backup.name(), blockSize(planned));
		}
		seen.add(backup.name());
	}

	private static ByteSize blockSize(PlannedVolume planned) {
		return (planned.blocks() > 0) ? new ByteSize(planned.written().bytes() / planned.blocks())
				: ByteSize.ofMebibytes(2);
	}

}
