package dev.longhaul.restore.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Held;
import dev.longhaul.restore.choice.Wanted;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class PlannedDeploymentTest {

	private static final KitId KIT = new KitId("7f".repeat(32));

	private static final ChartRelease ARGO = new ChartRelease("argocd", "argocd", "argo-cd",
			ChartRelease.ARGO_REPOSITORY, "8.1.3", "");

	private final Held held = new Held();

	@Test
	void applicationsAreToldApartByWhatTheyBring() {
		PlannedDeployment deployment = plan(
				new Bootstrap(List.of(application("longhorn", "storage", Map.of("chart", "longhorn")),
						application("gitea", "gitea", Map.of("chart", "gitea")),
						application("apps", "argocd", Map.of("path", "apps")),
						application("metallb", "metallb", Map.of("chart", "metallb"))), ARGO))
			.deployment();

		assertThat(deployment).isEqualTo(new PlannedDeployment(KIT, "argocd", "argo-cd 8.1.3",
				List.of("Application argocd/longhorn", "Application argocd/gitea", "Application argocd/apps",
						"Application argocd/metallb"),
				List.of(SecretRef.parse("vaultwarden/bitwarden-cli")), "longhorn", "gitea", List.of("apps"),
				List.of("metallb"), List.of("vaultwarden")));
	}

	@Test
	void whatUsesTheVolumesComesAfterThem() {
		RestorePlan plan = plan(
				new Bootstrap(List.of(application("longhorn", "longhorn-system", Map.of("chart", "longhorn-fork")),
						application("gitea", "gitea", Map.of("chart", "gitea")),
						application("apps", "argocd", Map.of("path", "apps"))), null));

		assertThat(plan.steps()).extracting(step -> (step.kind().word() + " " + step.subject()).strip())
			.containsExactly("preflight", "argo-cd", "bootstrap", "pause", "longhorn longhorn", "backup-target",
					"namespaces", "volumes gitea", "volumes vaultwarden", "claims gitea", "claims vaultwarden", "check",
					"repository gitea", "applications", "resume");
	}

	@Test
	void withoutApplicationsOnlyVolumesAndClaimsComeBack() {
		assertThat(plan(new Bootstrap(List.of(), ARGO)).deployment()).isNull();
		assertThat(plan(null).deployment()).isNull();
	}

	@Test
	void aDocumentKeepsItAndItsHash() {
		RestorePlan plan = plan(new Bootstrap(List.of(application("apps", "argocd", Map.of("path", "apps"))), ARGO));
		byte[] document = PlanJson.write(plan);

		RestorePlan read = PlanJson.read(document, "it");

		assertThat(read.deployment()).isEqualTo(plan.deployment());
		assertThat(read.hash()).isEqualTo(plan.hash())
			.isNotEqualTo(
					plan(new Bootstrap(List.of(application("apps", "argocd", Map.of("path", "apps"))), null)).hash());
		assertThat(new String(document, StandardCharsets.UTF_8)).doesNotContain("planted");
	}

	private RestorePlan plan(@Nullable Bootstrap bootstrap) {
		held.volume("pvc-1", new ClaimRef("gitea", "data"), 20)
			.volume("pvc-2", new ClaimRef("vaultwarden", "data"), 20);
		Beginning beginning = (bootstrap != null) ? new Beginning(KIT, bootstrap,
				List.of(SecretRef.parse("vaultwarden/bitwarden-cli")), "longhorn-system") : null;
		return new Planner(Held.TARGET, Placement.unchanged(), 100, beginning)
			.plan(Choice.of(held.contents(), Wanted.everything()));
	}

	private static JsonObject application(String name, String namespace, Map<String, String> source) {
		return JsonObject.of(Map.of("apiVersion", "argoproj.io/v1alpha1", "kind", "Application", "metadata",
				Map.of("name", name, "namespace", "argocd"), "spec",
				Map.of("source", source, "destination", Map.of("namespace", namespace), "helm", "planted")));
	}

}
