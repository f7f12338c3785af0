package dev.longhaul.gitops.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import dev.longhaul.gitops.definition.Definitions;

/**
 * What a cluster has, as far as it can drift.
 *
 * @param volumes of Longhorn, without those that are being deleted
 * @param claims of every namespace that a volume or a definition is about
 */
public record InCluster(List<Volume> volumes, List<Claim> claims, List<RecurringJob> recurringJobs,
		Map<VolumeName, RecurringMembership> memberships, List<QuietRecord> quiet) {

	/** Of a volume that was made between two questions. */
	private static final RecurringMembership NOWHERE = new RecurringMembership(Set.of(), Set.of());

	public InCluster {
		volumes = volumes.stream().filter(volume -> volume.state() != VolumeState.DELETING).toList();
		claims = List.copyOf(claims);
		recurringJobs = List.copyOf(recurringJobs);
		memberships = Map.copyOf(memberships);
		quiet = List.copyOf(quiet);
	}

	/**
	 * Asks for all of it; changes nothing.
	 * @throws dev.longhaul.core.failure.LonghaulException if the cluster cannot be
	 * reached or refuses: half of it would look like drift
	 */
	public static InCluster look(VolumeCluster cluster, RecurringJobs recurring, QuietRecords quiet,
			Definitions declared) {
		List<Volume> volumes = cluster.volumes();
		List<Claim> claims = new ArrayList<>();
		namespaces(volumes, declared).forEach(namespace -> claims.addAll(cluster.claims(namespace)));
		return new InCluster(volumes, claims, recurring.recurringJobs(), recurring.memberships(),
				quiet.all().records().stream().map(QuietRecords.Kept::record).toList());
	}

	private static Set<String> namespaces(List<Volume> volumes, Definitions declared) {
		Set<String> namespaces = new TreeSet<>();
		for (Volume volume : volumes) {
			if (volume.claim() != null) {
				namespaces.add(volume.claim().namespace());
			}
		}
		for (ApplicationDefinition application : declared.applications()) {
			application.volumes().forEach(selector -> namespaces.add(namespace(selector)));
		}
		return namespaces;
	}

	private static String namespace(VolumeSelector selector) {
		return (selector instanceof VolumeSelector.ByClaim byClaim) ? byClaim.claim().namespace()
				: ((VolumeSelector.ByLabels) selector).namespace();
	}

	/** The volumes a recurring job works on. */
	public List<Volume> chosenBy(RecurringJob job) {
		return volumes.stream()
			.filter(volume -> memberships.getOrDefault(volume.name(), NOWHERE).includes(job))
			.toList();
	}

}
