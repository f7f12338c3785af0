package dev.longhaul.core.application;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * An application as it is declared. Which volumes it has is known once the cluster was
 * asked for those of a label.
 *
 * @param volumes at least one
 * @param workloads what runs on them
 * @param profile how it is made quiet for its snapshots; null if it is not
 * @param checks of its data, as they were read back from the bucket
 * @param exports what is kept beside its volumes
 * @param declared the same in the words of the definition, for a record that outlives
 * this program; null if it comes from none
 */
public record ApplicationDefinition(ApplicationName name, List<VolumeSelector> volumes, List<Workload> workloads,
		@Nullable Profile profile, List<Check> checks, ExportPlan exports, @Nullable JsonObject declared) {

	public ApplicationDefinition {
		volumes = List.copyOf(volumes);
		workloads = List.copyOf(workloads);
		checks = List.copyOf(checks);
		if (volumes.isEmpty()) {
			throw new IllegalArgumentException("application '" + name + "' names no volume");
		}
	}

	/** One that comes from no definition, whose data are checked as its profile says. */
	public ApplicationDefinition(ApplicationName name, List<VolumeSelector> volumes, List<Workload> workloads,
			@Nullable Profile profile) {
		this(name, volumes, workloads, profile, (profile != null) ? profile.checks() : List.of(), ExportPlan.NONE,
				null);
	}

	/** One that is not made quiet. */
	public ApplicationDefinition(ApplicationName name, List<VolumeSelector> volumes, List<Workload> workloads) {
		this(name, volumes, workloads, null);
	}

	/** The same with exports. */
	public ApplicationDefinition exporting(ExportPlan plan) {
		return new ApplicationDefinition(name, volumes, workloads, profile, checks, plan, declared);
	}

	/** The same with the words it was declared in. */
	public ApplicationDefinition declaredAs(JsonObject words) {
		return new ApplicationDefinition(name, volumes, workloads, profile, checks, exports, words);
	}

	/**
	 * One that names claims only, and no workload.
	 * @param claims at least one, none twice
	 */
	public static ApplicationDefinition ofClaims(ApplicationName name, List<ClaimRef> claims) {
		Application application = new Application(name, claims);
		return new ApplicationDefinition(name,
				application.claims().stream().<VolumeSelector>map(VolumeSelector.ByClaim::new).toList(), List.of());
	}

	/** Where its claims and its workloads are. */
	public SortedSet<String> namespaces() {
		return Stream
			.concat(volumes.stream().map(VolumeSelector::namespace), workloads.stream().map(Workload::namespace))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** The namespaces whose claims must be known to say which are its own. */
	public Set<String> labelledNamespaces() {
		return volumes.stream()
			.filter(VolumeSelector.ByLabels.class::isInstance)
			.map(selector -> ((VolumeSelector.ByLabels) selector).namespace())
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
