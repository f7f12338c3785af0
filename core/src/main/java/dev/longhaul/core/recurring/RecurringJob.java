package dev.longhaul.core.recurring;

import java.util.Set;

/**
 * Longhorn's RecurringJob. Longhorn makes a CronJob of it that names no time zone, so its
 * cron goes by the clock of the kube-controller-manager, which no API tells: UTC in most
 * clusters, and that of the server's host with k3s.
 *
 * @param cron five fields
 * @param groups of volumes that take part; {@code default} also means every volume that
 * has no label of a recurring job
 * @param retain how many snapshots or backups of its own it keeps of a volume; of any
 * origin for {@link RecurringTask#SNAPSHOT_DELETE}
 */
public record RecurringJob(String name, RecurringTask task, String cron, Set<String> groups, int retain) {

	public RecurringJob {
		groups = Set.copyOf(groups);
	}

}
