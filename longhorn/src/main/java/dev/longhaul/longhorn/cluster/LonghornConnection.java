package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import dev.longhaul.core.cluster.ArgoApplications;
import dev.longhaul.core.cluster.BootstrapObjects;
import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.core.cluster.CommandStreams;
import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.cluster.DeployedCharts;
import dev.longhaul.core.cluster.DeployedClaims;
import dev.longhaul.core.cluster.NamedSecrets;
import dev.longhaul.core.cluster.QuietRecords;
import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.cluster.WaitingPods;
import dev.longhaul.core.cluster.WorkloadCluster;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.connection.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * A cluster together with the connections to it, for callers that know nothing of the
 * Kubernetes client. Making one reads files and opens no connection.
 */
public final class LonghornConnection implements AutoCloseable {

	private final KubernetesClient client;

	private final VolumeCluster cluster;

	private final KubernetesWorkloads workloads;

	private final QuietRecords quietRecords;

	private final RecurringJobs recurringJobs;

	private final DeployedClaims deployedClaims;

	private final DeclaredObjects declaredObjects;

	private final RestoreCluster restores;

	private final ClaimExchanges claimExchanges;

	private final ThrowAwayNamespaces throwAwayNamespaces;

	private final WaitingPods waitingPods;

	private final NamedSecrets namedSecrets;

	private final DeployedCharts deployedCharts;

	private final BootstrapObjects bootstrapObjects;

	private final Clock clock;

	private LonghornConnection(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.cluster = new LonghornVolumeCluster(client, namespace, clock);
		this.workloads = new KubernetesWorkloads(client);
		this.quietRecords = new ConfigMapQuietRecords(client, namespace);
		this.recurringJobs = new LonghornRecurringJobs(client, namespace, clock);
		this.deployedClaims = new KubernetesDeployedClaims(client, namespace, clock);
		this.declaredObjects = new KubernetesDeclaredObjects(client, namespace, clock);
		this.restores = new LonghornRestoreCluster(client, namespace, clock);
		this.claimExchanges = new KubernetesClaimExchanges(client, namespace, clock);
		this.throwAwayNamespaces = new KubernetesThrowAwayNamespaces(client, namespace, clock);
		this.waitingPods = new KubernetesWaitingPods(client, namespace, clock);
		this.namedSecrets = new KubernetesNamedSecrets(client, namespace, clock);
		this.deployedCharts = new ArgoDeployedCharts(client, namespace, clock);
		this.bootstrapObjects = new KubernetesBootstrapObjects(client, namespace, clock);
		this.clock = clock;
	}

	/**
	 * @param context null for the file's current one
	 * @param namespace where Longhorn is installed
	 * @throws dev.longhaul.core.failure.RefusedRequest if the file cannot be used
	 */
	public static LonghornConnection fromKubeconfig(Path file, @Nullable String context, CredentialPlugins plugins,
			String namespace, Clock clock) {
		KubernetesClient client = new ClusterClients(CallBounds.DEFAULT, clock).fromKubeconfig(file, context, plugins);
		return new LonghornConnection(client, namespace, clock);
	}

	/**
	 * From inside a pod.
	 * @param environment of the process
	 * @param namespace where Longhorn is installed
	 * @throws dev.longhaul.core.failure.RefusedRequest if this is no pod
	 */
	public static LonghornConnection inCluster(Map<String, String> environment, String namespace, Clock clock) {
		KubernetesClient client = new ClusterClients(CallBounds.DEFAULT, clock)
			.inCluster(ServiceAccount.of(environment));
		return new LonghornConnection(client, namespace, clock);
	}

	public VolumeCluster cluster() {
		return cluster;
	}

	public WorkloadCluster workloads() {
		return workloads;
	}

	public CommandStreams commands() {
		return workloads;
	}

	public QuietRecords quietRecords() {
		return quietRecords;
	}

	public RecurringJobs recurringJobs() {
		return recurringJobs;
	}

	public DeployedClaims deployedClaims() {
		return deployedClaims;
	}

	public DeclaredObjects declaredObjects() {
		return declaredObjects;
	}

	public RestoreCluster restores() {
		return restores;
	}

	public ClaimExchanges claimExchanges() {
		return claimExchanges;
	}

	public ThrowAwayNamespaces throwAwayNamespaces() {
		return throwAwayNamespaces;
	}

	public WaitingPods waitingPods() {
		return waitingPods;
	}

	public NamedSecrets namedSecrets() {
		return namedSecrets;
	}

	public DeployedCharts deployedCharts() {
		return deployedCharts;
	}

	public BootstrapObjects bootstrapObjects() {
		return bootstrapObjects;
	}

	/**
	 * @param namespace where Argo CD is installed
	 */
	public ArgoApplications argoApplications(String namespace) {
		return new ArgoCdApplications(client, namespace, clock);
	}

	@Override
	public void close() {
		client.close();
	}

}
