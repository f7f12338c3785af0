package dev.longhaul.core.deploy;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArgoApplicationTest {

	@Test
	void isTheParentOfApplicationsOnly() {
		assertThat(declaring("Application").isParent()).isTrue();
		assertThat(declaring("AppProject").isParent()).isFalse();
	}

	@Test
	void standsAsArgoCdSays() {
		assertThat(declaring("Application").standing()).isEqualTo("Synced, Healthy");
	}

	@Test
	void wordsOfLaterVersionsAreUnknown() {
		assertThat(SyncStatus.of("Synced")).isEqualTo(SyncStatus.SYNCED);
		assertThat(SyncStatus.of("Syncing")).isEqualTo(SyncStatus.UNKNOWN);
		assertThat(HealthStatus.of("Degraded")).isEqualTo(HealthStatus.DEGRADED);
		assertThat(HealthStatus.of("Fine")).isEqualTo(HealthStatus.UNKNOWN);
		assertThat(SyncPhase.of("Terminating").isUnderWay()).isTrue();
		assertThat(SyncPhase.of("Succeeded").isUnderWay()).isFalse();
		assertThat(SyncPhase.of("Dreaming")).isEqualTo(SyncPhase.NONE);
	}

	private static ArgoApplication declaring(String kind) {
		return new ArgoApplication("apps", "1", "argocd", List.of(), false, false, 0, SyncStatus.SYNCED,
				HealthStatus.HEALTHY, false, SyncPhase.NONE, "",
				List.of(new ManagedResource("argoproj.io", kind, "argocd", "gitea")));
	}

}
