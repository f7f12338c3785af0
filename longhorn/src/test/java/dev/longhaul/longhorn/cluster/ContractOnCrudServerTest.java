package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.Map;

import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.VolumeClusterContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.BeforeAll;

@EnableKubernetesMockClient(crud = true)
class ContractOnCrudServerTest extends VolumeClusterContract {

	static KubernetesClient client;

	static KubernetesMockServer server;

	@BeforeAll
	static void installLonghorn() {
		server.setVersionInfo(new VersionInfo.Builder().withGitVersion("v1.33.4+k3s1").build());
		LonghornResources.install(client);
		LonghornResources.put(client, "two-volumes.yaml");
		LonghornResources.putClaim(client, new ClaimRef("vault", "data"));
	}

	@Override
	protected VolumeCluster cluster() {
		return new LonghornVolumeCluster(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

	@Override
	protected VolumeName volume() {
		return new VolumeName("vault-data");
	}

	@Override
	protected ClaimRef claim() {
		return new ClaimRef("vault", "data");
	}

	@Override
	protected Map<String, String> labels() {
		return LonghornResources.CLAIM_LABELS;
	}

	@Override
	protected VolumeName otherVolume() {
		return new VolumeName("mail-data");
	}

	@Override
	protected String target() {
		return "default";
	}

}
