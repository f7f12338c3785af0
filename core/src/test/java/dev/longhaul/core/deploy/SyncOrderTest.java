package dev.longhaul.core.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SyncOrderTest {

	private static final Set<String> VAULT = Set.of("vaultwarden");

	private static final ArgoApplication OPERATOR = application("external-secrets", "external-secrets",
			resource("apiextensions.k8s.io", "CustomResourceDefinition", "", "externalsecrets.external-secrets.io"));

	private static final ArgoApplication STORE = application("external-secrets-manifests", "vaultwarden",
			resource("external-secrets.io", "ClusterSecretStore", "", "bitwarden-login"));

	private static final ArgoApplication VAULTWARDEN = application("vaultwarden", "vaultwarden");

	private static final ArgoApplication FETCHED = application("nextcloud-manifests", "nextcloud",
			resource("external-secrets.io", "ExternalSecret", "nextcloud", "db"));

	private static final ArgoApplication NEXTCLOUD = application("nextcloud", "nextcloud",
			resource("apps", "Deployment", "nextcloud", "nextcloud"));

	private static final ArgoApplication IGNITION = application("ignition", "ignition");

	@Test
	void whatOthersNeedComesFirst() {
		List<SyncWave> waves = SyncOrder.of(List.of(NEXTCLOUD, FETCHED, STORE, OPERATOR, VAULTWARDEN, IGNITION), VAULT);

		assertThat(names(waves)).containsExactly(List.of("external-secrets", "ignition", "vaultwarden"),
				List.of("external-secrets-manifests"), List.of("nextcloud-manifests"), List.of("nextcloud"));
	}

	@Test
	void eachSaysWhomItHadToWaitFor() {
		List<SyncWave> waves = SyncOrder.of(List.of(NEXTCLOUD, FETCHED, STORE, OPERATOR, VAULTWARDEN), VAULT);

		assertThat(waves.stream().flatMap(wave -> wave.members().stream()).map(SyncWave.Member::reason))
			.containsExactly("waits for nobody", "waits for nobody",
					"external-secrets defines the kinds of external-secrets.io, "
							+ "vaultwarden keeps the Secrets that the store hands out",
					"external-secrets defines the kinds of external-secrets.io, "
							+ "external-secrets-manifests has the store that Secrets are fetched from",
					"nextcloud-manifests has Secrets fetched into namespace 'nextcloud'");
	}

	@Test
	void whatIsThereAlreadyIsWaitedForByNobody() {
		assertThat(names(SyncOrder.of(List.of(NEXTCLOUD, FETCHED), VAULT)))
			.containsExactly(List.of("nextcloud-manifests"), List.of("nextcloud"));
	}

	@Test
	void membersOfAWaveComeInTheOrderThatTheirParentDeclares() {
		ArgoApplication late = new ArgoApplication("a", "1", "a", List.of(), false, false, 5, SyncStatus.OUT_OF_SYNC,
				HealthStatus.MISSING, false, SyncPhase.NONE, "", List.of());

		assertThat(names(SyncOrder.of(List.of(late, IGNITION), Set.of()))).containsExactly(List.of("ignition", "a"));
	}

	@Test
	void thoseThatWaitForEachOtherAreNotWaitedForForEver() {
		ArgoApplication one = application("one", "one", resource("two.example.org", "Thing", "one", "mine"),
				resource("apiextensions.k8s.io", "CustomResourceDefinition", "", "things.one.example.org"));
		ArgoApplication two = application("two", "two", resource("one.example.org", "Thing", "two", "mine"),
				resource("apiextensions.k8s.io", "CustomResourceDefinition", "", "things.two.example.org"));

		List<SyncWave> waves = SyncOrder.of(List.of(one, two, IGNITION), Set.of());

		assertThat(names(waves)).containsExactly(List.of("ignition"), List.of("one"), List.of("two"));
		assertThat(waves.get(1).members().get(0).reason()).isEqualTo("it and two wait for each other");
	}

	@Test
	void nobodyIsNothing() {
		assertThat(SyncOrder.of(List.of(), VAULT)).isEmpty();
	}

	private static List<List<String>> names(List<SyncWave> waves) {
		return waves.stream()
			.map(wave -> wave.members().stream().map(member -> member.application().name()).toList())
			.toList();
	}

	private static ArgoApplication application(String name, String namespace, ManagedResource... resources) {
		return new ArgoApplication(name, "1", namespace, List.of(), false, false, 0, SyncStatus.OUT_OF_SYNC,
				HealthStatus.MISSING, false, SyncPhase.NONE, "", Arrays.asList(resources));
	}

	private static ManagedResource resource(String group, String kind, String namespace, String name) {
		return new ManagedResource(group, kind, namespace, name);
	}

}
