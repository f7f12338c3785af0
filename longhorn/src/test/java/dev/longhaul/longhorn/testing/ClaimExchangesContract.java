package dev.longhaul.longhorn.testing;

import java.util.Map;
import java.util.Objects;

import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.core.cluster.ClaimExchanges.UsingPod;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ClaimRef;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What holds of claims that get another volume, whatever serves the API.
 */
public abstract class ClaimExchangesContract {

	private static final ClaimRef DATA = new ClaimRef("wiki", "data");

	private static final ClaimRef OTHER = new ClaimRef("wiki", "other");

	/** With its namespace. */
	protected static void deploy(KubernetesClient client) {
		client.load(Objects.requireNonNull(ClaimExchangesContract.class.getResourceAsStream("/claim-exchanges.yaml")))
			.create();
	}

	protected abstract ClaimExchanges exchanges();

	/** To look at what was done. */
	protected abstract KubernetesClient admin();

	@Test
	void knowsWhoUsesAClaim() {
		assertThat(exchanges().podsUsing(DATA)).containsExactly(new UsingPod("wiki-0", false));
		assertThat(exchanges().podsUsing(OTHER)).isEmpty();
	}

	@Test
	void knowsWhatAClaimNames() {
		assertThat(exchanges().volumeOf(DATA)).contains("pv-wiki");
		assertThat(exchanges().volumeOf(new ClaimRef("wiki", "unbound"))).isEmpty();
		assertThat(exchanges().volumeOf(new ClaimRef("wiki", "none"))).isEmpty();
	}

	@Test
	void keepsAVolumeAndLetsGoOfItsClaimAlone() {
		exchanges().annotate("pv-other", "longhaul.dev/test", "of ours");
		exchanges().keep("pv-other");
		exchanges().keep("pv-other");
		assertThatThrownBy(() -> exchanges().release(OTHER, "pv-wiki")).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("is bound to 'pv-other' now");

		exchanges().release(OTHER, "pv-other");
		exchanges().release(OTHER, "pv-other");

		PersistentVolumeClaim left = admin().persistentVolumeClaims().inNamespace("wiki").withName("other").get();
		assertThat(left == null || left.getMetadata().getDeletionTimestamp() != null).isTrue();
		PersistentVolume kept = admin().persistentVolumes().withName("pv-other").get();
		assertThat(kept.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
		assertThat(kept.getMetadata().getLabels()).as("what is somebody else's stays").containsEntry("app", "wiki");
		assertThat(exchanges().annotations("pv-other")).isEqualTo(Map.of("longhaul.dev/test", "of ours"));
		exchanges().annotate("pv-other", "longhaul.dev/test", "");
		assertThat(exchanges().annotations("pv-other")).isEmpty();
	}

	@Test
	void whatIsNotThereIsNotKept() {
		assertThat(exchanges().annotations("none")).isEmpty();
		assertThatThrownBy(() -> exchanges().keep("none")).isInstanceOf(TransientFailure.class)
			.hasMessageContaining("there is no PersistentVolume 'none' any more");
	}

}
