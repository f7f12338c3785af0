package dev.longhaul.core.deploy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ArgoApplicationTest {

	@ParameterizedTest
	@CsvSource({ "SYNCED, HEALTHY, false, true", "SYNCED, HEALTHY, true, false", "SYNCED, PROGRESSING, false, false",
			"OUT_OF_SYNC, HEALTHY, false, false", "UNKNOWN, HEALTHY, false, false" })
	void isThereOnlyWhenAllOfItIs(SyncStatus sync, HealthStatus health, boolean underWay, boolean there) {
		assertThat(application(sync, health, underWay).isThere()).isEqualTo(there);
	}

	@Test
	void knowsItsChildren() {
		ArgoApplication apps = application(SyncStatus.SYNCED, HealthStatus.HEALTHY, false);

		assertThat(apps.isParent()).isTrue();
		assertThat(apps.isParentOf("gitea")).isTrue();
		assertThat(apps.isParentOf("default")).as("a project, not an Application").isFalse();
		assertThat(apps.standing()).isEqualTo("Synced, Healthy");
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

	private static ArgoApplication application(SyncStatus sync, HealthStatus health, boolean underWay) {
		return new ArgoApplication("apps", "1", "argocd", List.of(), false, false, 0, sync, health, underWay,
				SyncPhase.NONE, "", List.of(new ManagedResource("argoproj.io", "Application", "argocd", "gitea"),
						new ManagedResource("argoproj.io", "AppProject", "argocd", "default")));
	}

}
