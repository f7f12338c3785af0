package dev.longhaul.longhorn.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.export.InForce;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What everybody who lists declared objects keeps to, over the objects that
 * {@link LonghornResources#putApplication} has made.
 */
public abstract class DeclaredObjectsContract {

	protected abstract DeclaredObjects objects();

	@Test
	void listsWhatIsDeclaredInTheOrderInWhichItIsNeeded() {
		DeclaredObjects.Listing listing = list();

		assertThat(names(listing)).containsExactly("Namespace git", "ServiceAccount gitea", "Role gitea",
				"ConfigMap gitea", "PersistentVolumeClaim data", "Service gitea", "Service gitea-headless",
				"Deployment gitea", "Ingress gitea");
		assertThat(listing.count()).isGreaterThanOrEqualTo(9);
	}

	@Test
	void listsNoSecretAndNoCopyOfOne() {
		assertThat(list().document()).doesNotContain("s3cret", "last-applied", "managedFields", "\"uid\"",
				"\"status\"");
	}

	@Test
	void whatOnlyThisClusterCanMeanIsLeftOut() {
		DeclaredObjects.Listing listing = list();

		assertThat(object(listing, "ConfigMap", "gitea")).extractingByKey("metadata")
			.isEqualTo(Map.of("name", "gitea", "namespace", "git", "annotations", Map.of("who", "me")));
		assertThat(spec(listing, "Service", "gitea")).doesNotContainKeys("clusterIP", "clusterIPs");
		assertThat(spec(listing, "Service", "gitea-headless")).containsEntry("clusterIP", "None");
		assertThat(object(listing, "Deployment", "gitea").get("metadata")).asString().doesNotContain("revision");
	}

	/** Otherwise applying it would get the application an empty volume. */
	@Test
	void aClaimWaitsForTheVolumeItNames() {
		DeclaredObjects.Listing listing = list();

		assertThat(spec(listing, "PersistentVolumeClaim", "data")).containsEntry("volumeName", "pvc-of-gitea");
		assertThat(object(listing, "PersistentVolumeClaim", "data").get("metadata")).asString()
			.doesNotContain("bind-completed", "storage-provisioner", "finalizers");
	}

	@Test
	void saysWhichImagesAndChartsAreInForce() {
		assertThat(list().inForce())
			.isEqualTo(new InForce(List.of(new InForce.Image("gitea/gitea:1.24", "docker.io/gitea/gitea@sha256:0f0f")),
					List.of("gitea-10.6.0")));
	}

	@Test
	void anEmptyNamespaceHasNone() {
		assertThat(objects().list(Set.of("nowhere"))).isEqualTo(new DeclaredObjects.Listing(
				"{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n\n]}\n", 0, new InForce(List.of(), List.of())));
	}

	private DeclaredObjects.Listing list() {
		return objects().list(Set.of("git"));
	}

	/** Without what controllers of a real cluster make in every namespace. */
	private static List<String> names(DeclaredObjects.Listing listing) {
		return items(listing).stream()
			.map(item -> item.get("kind") + " " + ((Map<?, ?>) item.get("metadata")).get("name"))
			.filter(name -> !name.equals("ServiceAccount default"))
			.toList();
	}

	private static Map<String, Object> spec(DeclaredObjects.Listing listing, String kind, String name) {
		Map<?, ?> spec = (Map<?, ?>) object(listing, kind, name).get("spec");
		return spec.entrySet()
			.stream()
			.collect(Collectors.toMap(entry -> (String) entry.getKey(), Map.Entry::getValue));
	}

	private static Map<String, Object> object(DeclaredObjects.Listing listing, String kind, String name) {
		return items(listing).stream()
			.filter(item -> item.get("kind").equals(kind))
			.filter(item -> ((Map<?, ?>) item.get("metadata")).get("name").equals(name))
			.findFirst()
			.orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(DeclaredObjects.Listing listing) {
		return (List<Map<String, Object>>) new KubernetesSerialization().unmarshal(listing.document(), Map.class)
			.get("items");
	}

}
