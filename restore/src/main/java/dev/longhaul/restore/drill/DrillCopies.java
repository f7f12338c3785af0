package dev.longhaul.restore.drill;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.choice.Absence;

/**
 * What is started in a throw-away namespace: copies of what runs on the application's
 * claims and of what belongs to it, of the Services that lead to them and of the Secrets
 * and ConfigMaps that they are given. Pure.
 *
 * @param services and workloads, as they are created
 * @param settings that the workloads name
 * @param leftOut and why
 */
record DrillCopies(List<JsonObject> services, List<JsonObject> workloads, Set<Settings> settings,
		List<Absence> leftOut) {

	private static final String SERVICE = "Service";

	/**
	 * @param declared Deployments, StatefulSets and Services of the namespace that the
	 * application lives in
	 * @param claims names of those that are restored
	 * @param namespace that the copies get
	 */
	static DrillCopies of(List<JsonObject> declared, Set<String> claims, String namespace) {
		List<WorkloadCopy> all = declared.stream()
			.filter(object -> !isService(object))
			.map(object -> new WorkloadCopy(object, claims))
			.toList();
		Set<String> instances = all.stream()
			.filter(WorkloadCopy::usesClaims)
			.flatMap(copy -> copy.instance().stream())
			.collect(Collectors.toSet());
		List<WorkloadCopy> started = new ArrayList<>();
		List<Absence> leftOut = new ArrayList<>();
		for (WorkloadCopy copy : all) {
			Optional<String> obstacle = stranger(copy, instances).or(copy::obstacle);
			obstacle.ifPresentOrElse(why -> leftOut.add(new Absence(copy.toString(), why)), () -> started.add(copy));
		}
		List<JsonObject> services = declared.stream()
			.filter(DrillCopies::isService)
			.filter(service -> started.stream().anyMatch(copy -> copy.isChosenBy(service)))
			.map(service -> service(service, namespace))
			.toList();
		Set<Settings> settings = new LinkedHashSet<>();
		started.forEach(copy -> settings.addAll(copy.settings()));
		return new DrillCopies(services, started.stream().map(copy -> copy.in(namespace)).toList(), settings, leftOut);
	}

	/** Several applications may share a namespace. */
	private static Optional<String> stranger(WorkloadCopy copy, Set<String> instances) {
		return copy.usesClaims() ? Optional.empty()
				: copy.instance()
					.filter(instance -> !instances.isEmpty() && !instances.contains(instance))
					.map("it belongs to '%s'"::formatted);
	}

	private static boolean isService(JsonObject object) {
		return object.text("kind").filter(SERVICE::equals).isPresent();
	}

	/** Of the cluster alone: nobody outside of it reaches a rehearsal. */
	private static JsonObject service(JsonObject service, String namespace) {
		JsonObject spec = service.object("spec").orElseThrow();
		JsonObject inside = JsonObject.of(Map.of());
		for (String field : List.of("selector", "clusterIP", "publishNotReadyAddresses", "sessionAffinity")) {
			Object value = spec.fields().get(field);
			inside = (value != null) ? inside.with(value, field) : inside;
		}
		List<Object> ports = new ArrayList<>();
		spec.objects("ports").forEach(port -> ports.add(port.without("nodePort").fields()));
		inside = inside.with(ports, "ports").with("ClusterIP", "type");
		return WorkloadCopy.named(service, namespace).with(inside.fields(), "spec");
	}

	/** Where what was started is found. */
	List<Workload> started(String namespace) {
		return workloads.stream()
			.map(object -> new Workload(WorkloadCopy.kind(object), namespace,
					object.text("metadata", "name").orElseThrow()))
			.toList();
	}

}
