package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.scheduler.scenario.Scene;
import dev.longhaul.simulator.VolumePlan;

/**
 * An application that serves requests without end, and knows whether what was restored of
 * it belongs together.
 */
interface JudgedApplication {

	/** Of the application, its namespace and its manifests. */
	String name();

	List<String> claims();

	/** The deployment that writes. */
	String writer();

	/** All its deployments, the writer too. */
	List<String> deployments();

	/**
	 * Looks at what was restored. The files may be changed by that.
	 * @param volumes the files of each claim
	 * @param directory with a short name, for whatever has to be started
	 */
	List<Disagreement> judge(Map<ClaimRef, Path> volumes, Path directory) throws IOException;

	/** How it is made quiet. */
	Profile profile();

	/** As it would be declared, made quiet for its snapshots. */
	default ApplicationDefinition quiet() {
		return new ApplicationDefinition(new ApplicationName(name()), selectors(), List.copyOf(profile().workloads()),
				profile());
	}

	/** As it would be declared by one who does not know of profiles. */
	default ApplicationDefinition unaware() {
		return new ApplicationDefinition(new ApplicationName(name()), selectors(), List.of());
	}

	private List<VolumeSelector> selectors() {
		return claims().stream().<VolumeSelector>map(claim -> new VolumeSelector.ByClaim(claim(claim))).toList();
	}

	default Workload deployment(String deployment) {
		return new Workload(Workload.Kind.DEPLOYMENT, name(), deployment);
	}

	default ClaimRef claim(String claim) {
		return new ClaimRef(name(), claim);
	}

	default List<VolumePlan> volumes() {
		return claims().stream()
			.map(claim -> VolumePlan.of(Scene.volume(name(), claim).value(), ByteSize.ofMebibytes(128),
					claim(claim).toString()))
			.toList();
	}

	/**
	 * What its owner applies.
	 * @param seed of the order of its requests
	 */
	default String manifests(long seed) throws IOException {
		String file = name() + ".yaml";
		try (InputStream resource = JudgedApplication.class.getResourceAsStream(file);
				ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return new String(Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8)
				.replace("@PORT@", Integer.toString(free.getLocalPort()))
				.replace("@SEED@", Long.toString(seed));
		}
	}

	/**
	 * The database's own check, and if it can be started at all, its rows against files.
	 */
	static List<Disagreement> damaged(List<String> faults) {
		return faults.stream().map(fault -> new Disagreement(Disagreement.Kind.DATABASE_DAMAGED, fault)).toList();
	}

}
