package dev.longhaul.longhorn.testing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.ThrowAwayNamespaces;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings.Kind;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.volume.VolumeName;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What holds of throw-away namespaces, whatever serves the API.
 */
public abstract class ThrowAwayNamespacesContract {

	private static final String MARK = "0123456789abcdef0123456789abcdef";

	/** What is rehearsed, and a namespace of somebody else. */
	protected static void deploy(KubernetesClient client) {
		client.load(Objects.requireNonNull(ThrowAwayNamespacesContract.class.getResourceAsStream("/throw-away.yaml")))
			.create();
	}

	protected abstract ThrowAwayNamespaces places();

	/** To look at what was done. */
	protected abstract KubernetesClient admin();

	@Test
	void whatIsDeclaredIsReadAsItCouldBeCreated() {
		List<JsonObject> declared = places().declared("wiki");

		assertThat(declared).extracting(object -> object.text("kind").orElse(""))
			.containsExactly("Deployment", "Service");
		assertThat(declared.get(0).object("metadata", "uid")).isEmpty();
		assertThat(declared.get(0).fields()).doesNotContainKey("status");
		assertThat(declared.get(1).text("spec", "clusterIP")).isEmpty();
		assertThat(places().declared("nowhere")).isEmpty();
	}

	@Test
	void aPlaceIsMadeFilledClearedAndRemoved() {
		ThrowAway place = place("longhaul-drill-wiki", "pv-drill");
		places().make(place);
		places().make(place);

		Namespace made = admin().namespaces().withName(place.namespace()).get();
		assertThat(made.getMetadata().getLabels()).containsEntry("pod-security.kubernetes.io/enforce", "baseline");
		assertThat(places().all()).contains(place);
		JsonObject copy = places().declared("wiki").get(0).with(place.namespace(), "metadata", "namespace");
		places().create(copy);
		places().create(copy);
		assertThat(places().declared(place.namespace())).hasSize(1);
		assertThat(places().copy(secret("wiki"), "wiki", place.namespace())).isTrue();
		assertThat(places().copy(secret("wiki"), "wiki", place.namespace())).isTrue();
		Secret copied = admin().secrets().inNamespace(place.namespace()).withName("wiki").get();
		assertThat(copied.getData()).isEqualTo(Map.of("PASSWORD", "b2Ytd2lraQ=="));
		assertThat(copied.getMetadata().getLabels()).isNullOrEmpty();
		assertThat(places().copy(secret("release"), "wiki", place.namespace())).as("of Helm").isFalse();
		assertThat(places().copy(new Settings(Kind.CONFIG_MAP, "none"), "wiki", place.namespace())).isFalse();

		Awaitility.await("nothing to run").until(() -> places().clear(place.namespace()));
		assertThat(places().declared(place.namespace())).isEmpty();
		Awaitility.await("its volume to go").until(() -> places().remove(new VolumeName("pv-drill"), MARK));
		Awaitility.await("the namespace to go").until(() -> places().remove(place.namespace()));
		assertThat(places().all()).doesNotContain(place);
		assertThat(places().declared("wiki")).as("what it was a copy of").hasSize(2);
	}

	@Test
	void whatIsSomebodyElsesStays() {
		ThrowAway place = place("somebodys", "pv-somebodys");

		assertThatThrownBy(() -> places().make(place)).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("there is a namespace 'somebodys' already, and it is not of this drill");
		assertThatThrownBy(() -> places().clear("somebodys")).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("namespace 'somebodys' is none that a drill has made");
		assertThatThrownBy(() -> places().remove("somebodys")).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> places().copy(secret("wiki"), "wiki", "somebodys")).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(
				() -> places().create(places().declared("wiki").get(0).with("somebodys", "metadata", "namespace")))
			.isInstanceOf(RefusedRequest.class);
		assertThat(places().remove(new VolumeName("pv-somebodys"), MARK)).as("none of ours").isTrue();
		assertThat(admin().persistentVolumes().withName("pv-somebodys").get()).isNotNull();
		assertThat(admin().namespaces().withName("somebodys").get().getMetadata().getDeletionTimestamp()).isNull();
		assertThat(places().all()).extracting(ThrowAway::namespace).doesNotContain("somebodys");
	}

	private static ThrowAway place(String namespace, String volume) {
		return new ThrowAway(namespace, new ApplicationName("wiki"), MARK, List.of(new VolumeName(volume)));
	}

	private static Settings secret(String name) {
		return new Settings(Kind.SECRET, name);
	}

}
