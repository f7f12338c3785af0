package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * An application as a cluster runs it.
 *
 * @param instance what it was deployed as; what mounts its claims, or its claim, if
 * nothing says
 * @param claims at least one
 */
record DeployedApplication(String namespace, String instance, List<DeployedClaim> claims) {

	private static final String NAME_OF_KUBERNETES = "[a-z0-9]([-a-z0-9.]{0,250}[a-z0-9])?";

	/**
	 * In the order of their namespaces and instances. What has no name of Kubernetes is
	 * left out: its text goes into a file.
	 */
	static List<DeployedApplication> of(List<DeployedClaim> claims) {
		Map<String, List<DeployedClaim>> groups = new TreeMap<>();
		claims.stream()
			.filter(DeployedApplication::isNamed)
			.forEach(claim -> groups
				.computeIfAbsent(claim.ref().namespace() + "/" + instance(claim), key -> new ArrayList<>())
				.add(claim));
		return groups.values()
			.stream()
			.map(group -> new DeployedApplication(group.get(0).ref().namespace(), instance(group.get(0)), group))
			.toList();
	}

	private static boolean isNamed(DeployedClaim claim) {
		Stream<String> mounting = claim.mounts()
			.stream()
			.map(Mount::place)
			.flatMap(place -> Stream.of(place.workload().name(), String.valueOf(place.container())));
		return Stream.concat(Stream.of(claim.ref().namespace(), claim.ref().name()), mounting)
			.allMatch(name -> name.matches(NAME_OF_KUBERNETES));
	}

	private static String instance(DeployedClaim claim) {
		String mounting = claim.mounts()
			.stream()
			.map(mount -> mount.place().workload().name())
			.findFirst()
			.orElse(claim.ref().name());
		return Objects.requireNonNullElse(claim.instance(), mounting);
	}

	boolean has(String namespace, String claim) {
		return this.namespace.equals(namespace)
				&& claims.stream().anyMatch(deployed -> deployed.ref().name().equals(claim));
	}

	/** Those of all its claims; none if nothing uses them. */
	List<Mount> mounts() {
		return claims.stream().flatMap(claim -> claim.mounts().stream()).distinct().toList();
	}

	/** The definition. */
	String definition(String name) {
		StringBuilder text = new StringBuilder("""
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata:
				  name: %s
				spec:
				  namespace: %s
				  volumes:
				""".formatted(name, namespace));
		claims.forEach(claim -> text.append("    - claim: ").append(claim.ref().name()).append('\n'));
		List<Workload> workloads = workloads().distinct().toList();
		if (!workloads.isEmpty()) {
			text.append("  workloads:\n");
			workloads.forEach(workload -> text.append("    - ").append(named(workload)).append('\n'));
		}
		return text.append(ProposedProfile.of(mounts()).text()).toString();
	}

	private Stream<Workload> workloads() {
		return mounts().stream().map(mount -> mount.place().workload());
	}

	private static String named(Workload workload) {
		return switch (workload.kind()) {
			case DEPLOYMENT -> "deployment: " + workload.name();
			case STATEFUL_SET -> "statefulSet: " + workload.name();
		};
	}

	/** As a definition has it. */
	static String flow(Workload workload) {
		return "{" + named(workload) + "}";
	}

	/** As a definition has it. */
	static String flow(Place place) {
		return "{%s, container: %s}".formatted(named(place.workload()), place.container());
	}

}
