package dev.longhaul.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.longhaul.bucket.AccessKey;
import dev.longhaul.bucket.EmbeddedS3;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.AtExit;

/**
 * One simulated cluster per kind of API, with a bucket, for all test classes of a
 * process.
 */
public final class SharedClusters {

	private static final Map<ControlPlaneKind, SimulatedCluster> CLUSTERS = new EnumMap<>(ControlPlaneKind.class);

	private SharedClusters() {
	}

	/** Aborts the test with the reason if there is no such API here. */
	public static synchronized SimulatedCluster of(ControlPlaneKind kind) {
		return CLUSTERS.computeIfAbsent(kind, SharedClusters::start);
	}

	private static SimulatedCluster start(ControlPlaneKind kind) {
		try {
			Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "simulated-cluster-");
			ClusterPlan plan = ClusterPlan.in(directory.resolve("cluster"), Clock.systemUTC());
			if (kind == ControlPlaneKind.KUBERNETES) {
				ControlPlane controlPlane = AtExit.close(ControlPlane.startOrAbort(directory.resolve("control-plane")));
				plan = plan.withApi(controlPlane.kubeconfig());
			}
			SimulatedCluster cluster = AtExit.close(SimulatedCluster.start(plan));
			Bucket bucket = AtExit.close(Bucket.start(directory.resolve("bucket")));
			cluster.useTarget(bucket.url(), bucket.variables(), Duration.ofHours(1));
			return cluster;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A bucket and what Longhorn has to know of it.
	 */
	public record Bucket(EmbeddedS3 server) implements AutoCloseable {

		private static final AccessKey KEY = new AccessKey("simulated-key", "simulated-secret");

		public static Bucket start(Path directory) throws IOException {
			EmbeddedS3 server = EmbeddedS3.inDirectory(directory, KEY);
			server.createBucket("backups");
			return new Bucket(server);
		}

		public String url() {
			return "s3://backups@local/";
		}

		public Map<String, String> variables() {
			return Map.of("AWS_ACCESS_KEY_ID", KEY.id(), "AWS_SECRET_ACCESS_KEY", KEY.secret(), "AWS_ENDPOINTS",
					server.endpoint().toString());
		}

		@Override
		public void close() throws IOException {
			server.close();
		}

	}

}
