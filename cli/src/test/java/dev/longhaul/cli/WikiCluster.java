package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;

/**
 * A simulated cluster with a wiki, in which Longhorn's own RecurringJobs back up whatever
 * says nothing else.
 */
final class WikiCluster {

	/** The wiki with one of its volumes; another claim may be added at the end. */
	static final String DECLARED = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: wiki
			spec:
			  namespace: wiki
			  volumes:
			    - claim: pages
			""";

	private WikiCluster() {
	}

	static SimulatedCluster start(Path directory, VolumePlan... volumes) throws IOException {
		SimulatedCluster cluster = SimulatedCluster.start(ClusterPlan.in(directory, Clock.systemUTC()));
		cluster.createVolumes(List.of(volumes));
		cluster.kubectl()
			.create("""
					apiVersion: longhorn.io/v1beta2
					kind: RecurringJob
					metadata: {name: backup-all, namespace: longhorn-system}
					spec: {name: backup-all, task: backup, cron: "0 1 * * *", groups: [default], retain: 7, concurrency: 2}
					---
					apiVersion: longhorn.io/v1beta2
					kind: RecurringJob
					metadata: {name: trim, namespace: longhorn-system}
					spec: {name: trim, task: filesystem-trim, cron: "0 5 * * 0", groups: [default], retain: 0, concurrency: 2}
					""");
		return cluster;
	}

}
