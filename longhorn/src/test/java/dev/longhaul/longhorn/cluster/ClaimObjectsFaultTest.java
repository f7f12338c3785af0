package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ClaimObjects;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.ObjectCopy.Absent;
import dev.longhaul.core.volume.ObjectCopy.Kept;
import dev.longhaul.core.volume.ObjectCopy.Unknown;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.testing.ScriptedApi;
import dev.longhaul.longhorn.testing.ScriptedApi.Reply;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A claim of which not everything can be read.
 */
@Timeout(30)
class ClaimObjectsFaultTest {

	private static final ClaimRef CLAIM = ClaimRef.parse("vault/data");

	@TempDir
	Path directory;

	private final ScriptedApi api = new ScriptedApi();

	private KubernetesClient client;

	private VolumeCluster cluster;

	@BeforeEach
	void connect() {
		client = api.client(directory, new CallBounds(Duration.ofMillis(500), Duration.ofSeconds(5), 1_000_000));
		cluster = new LonghornVolumeCluster(client, "longhorn-system", Clock.systemUTC());
	}

	@AfterEach
	void disconnect() {
		client.close();
		api.close();
		api.assertPlayed();
	}

	@Test
	void aStorageClassThatMayNotBeReadIsUnknownAndTheRestIsKept() {
		api.on("GET", claim("\"volumeName\":\"pv-1\",\"storageClassName\":\"fast\""))
			.on("GET", object("PersistentVolume", "pv-1", "\"spec\":{}"))
			.on("GET", Reply.failure(403, "Forbidden", "storageclasses is forbidden"));

		ClaimObjects objects = cluster.findObjects(CLAIM).orElseThrow();

		assertThat(objects.claim()).isInstanceOf(Kept.class);
		assertThat(objects.volume()).isInstanceOf(Kept.class);
		assertThat(objects.storageClass()).isEqualTo(new Unknown(
				"the cluster did not get storageclasses.storage.k8s.io 'fast': storageclasses is forbidden"));
	}

	@Test
	void whatIsNotThereIsAbsentAndNotUnknown() {
		api.on("GET", claim("\"storageClassName\":\"gone\"")).on("GET", Reply.notFound("storageclasses", "gone"));

		ClaimObjects objects = cluster.findObjects(CLAIM).orElseThrow();

		assertThat(objects.volume()).isEqualTo(new Absent("the claim is not bound"));
		assertThat(objects.storageClass()).isEqualTo(new Absent("there is no StorageClass 'gone'"));
	}

	/** Whoever cannot be reached has not said that anything is missing. */
	@Test
	void aBusyServerHasAnsweredNothing() {
		api.on("GET", claim("\"volumeName\":\"pv-1\""))
			.on("GET", Reply.failure(503, "ServiceUnavailable", "the server is not itself"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> cluster.findObjects(CLAIM))
			.withMessage("the cluster did not get persistentvolumes 'pv-1': the server is not itself")
			.satisfies(failure -> assertThat(failure.hint())
				.isEqualTo("try again later; if it stays, look at the API server"));
	}

	@Test
	void aClaimThatMayNotBeReadIsRefusedWithTheMissingRight() {
		api.on("GET", Reply.failure(403, "Forbidden", "persistentvolumeclaims is forbidden"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> cluster.findObjects(CLAIM))
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo("allow the verb 'get' on "
					+ "'persistentvolumeclaims' of API group '' in namespace 'vault', in a Role bound to this user"));
	}

	@Test
	void anObjectThatIsTooLargeIsNotKept() {
		api.on("GET", claim("\"notes\":\"%s\"".formatted("x".repeat(70_000))));

		assertThat(cluster.findObjects(CLAIM)).map(ClaimObjects::claim)
			.contains(new Unknown("it cannot be kept: it takes more than 65536 bytes"));
	}

	@Test
	void anObjectThatIsTooDeepIsNotKept() {
		api.on("GET", claim("\"notes\":%s1%s".formatted("[".repeat(50), "]".repeat(50))));

		assertThat(cluster.findObjects(CLAIM)).map(ClaimObjects::claim)
			.contains(new Unknown("it cannot be kept: it is deeper than 20 objects"));
	}

	@Test
	void whatIsUnsetIsLeftOut() {
		api.on("GET", claim("\"dataSource\":null,\"accessModes\":[\"ReadWriteOnce\"]"));

		assertThat(cluster.findObjects(CLAIM).orElseThrow().claim()).isInstanceOfSatisfying(Kept.class,
				kept -> assertThat(kept.object().fields().get("spec")).hasToString("{accessModes=[ReadWriteOnce]}"));
	}

	@Test
	void aClusterThatMayNotBeAskedForItsVersionIsRefused() {
		api.on("GET", Reply.failure(403, "Forbidden", "no"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::kubernetesVersion)
			.withMessage("the cluster did not get /version: no")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CLUSTER_REFUSED));
	}

	@Test
	void aClusterThatDoesNotSayItsVersionIsRefused() {
		api.on("GET", Reply.json(200, "{}"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(cluster::kubernetesVersion)
			.withMessage("the cluster has not said its version");
	}

	private static Reply claim(String spec) {
		return object("PersistentVolumeClaim", "data", "\"spec\":{%s}".formatted(spec));
	}

	private static Reply object(String kind, String name, String rest) {
		return Reply.json(200, "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},%s}"
			.formatted(kind, name, rest));
	}

}
