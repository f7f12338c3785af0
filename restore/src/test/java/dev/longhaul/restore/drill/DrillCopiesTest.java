package dev.longhaul.restore.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.Settings.Kind;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.restore.choice.Absence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class DrillCopiesTest {

	private static final JsonObject WIKI = workload("Deployment", "wiki").with("wiki", "metadata", "labels",
			"app.kubernetes.io/instance");

	@Test
	void aCopyHasOnePodAndNothingThatMakesItTheOriginal() {
		JsonObject wiki = WIKI
			.with("wiki:apps/Deployment:wiki/wiki", "metadata", "annotations", "argocd.argoproj.io/tracking-id")
			.with(3, "spec", "replicas")
			.with("wiki", "spec", "template", "spec", "serviceAccountName")
			.with("node-1", "spec", "template", "spec", "nodeName");

		DrillCopies copies = copies(wiki);

		assertThat(copies.workloads()).singleElement().satisfies(copy -> {
			assertThat(copy.object("metadata")).contains(json(Map.of("name", "wiki", "namespace", "drill")));
			assertThat(copy.number("spec", "replicas")).hasValue(1);
			assertThat(copy.object("spec", "template", "metadata", "labels")).contains(json(Map.of("app", "wiki")));
			JsonObject pods = copy.object("spec", "template", "spec").orElseThrow();
			assertThat(pods.fields()).doesNotContainKeys("serviceAccountName", "nodeName")
				.containsEntry("automountServiceAccountToken", false);
		});
		assertThat(copies.started("drill")).containsExactly(new Workload(Workload.Kind.DEPLOYMENT, "drill", "wiki"));
		assertThat(copies.leftOut()).isEmpty();
	}

	@Test
	void itsServicesLeadToItFromInsideAlone() {
		JsonObject service = service("wiki", Map.of("app", "wiki")).with("LoadBalancer", "spec", "type")
			.with(List.of("203.0.113.7"), "spec", "externalIPs")
			.with(List.of(Map.of("port", 80, "nodePort", 30080)), "spec", "ports");

		List<JsonObject> services = copies(WIKI, service, service("other", Map.of("app", "other")),
				service("outside", Map.of()))
			.services();

		assertThat(services).singleElement()
			.isEqualTo(json(Map.of("apiVersion", "v1", "kind", "Service", "metadata",
					Map.of("name", "wiki", "namespace", "drill"), "spec", Map.of("type", "ClusterIP", "selector",
							Map.of("app", "wiki"), "ports", List.of(Map.of("port", 80))))));
	}

	@Test
	void allThatItsContainersAreGivenIsCopied() {
		JsonObject wiki = WIKI.with(
				List.of(Map.of("name", "first", "envFrom",
						List.of(Map.of("configMapRef", Map.of("name", "a")),
								Map.of("secretRef", Map.of("name", "b"))))),
				"spec", "template", "spec", "initContainers")
			.with(List.of(Map.of("name", "wiki", "env",
					List.of(Map.of("name", "X", "valueFrom",
							Map.of("configMapKeyRef", Map.of("name", "c", "key", "k"))),
							Map.of("name", "Y", "valueFrom", Map.of("secretKeyRef", Map.of("name", "d", "key", "k"))),
							Map.of("name", "Z", "value", "z")))),
					"spec", "template", "spec", "containers")
			.with(List.of(claim("data"), Map.of("name", "1", "configMap", Map.of("name", "e")),
					Map.of("name", "2", "secret", Map.of("secretName", "f")),
					Map.of("name", "3", "projected",
							Map.of("sources",
									List.of(Map.of("configMap", Map.of("name", "g")),
											Map.of("secret", Map.of("name", "h")))))),
					"spec", "template", "spec", "volumes")
			.with(List.of(Map.of("name", "i")), "spec", "template", "spec", "imagePullSecrets");

		assertThat(copies(wiki).settings()).containsExactlyInAnyOrder(configMap("a"), secret("b"), configMap("c"),
				secret("d"), configMap("e"), secret("f"), configMap("g"), secret("h"), secret("i"));
	}

	@Test
	void aStatefulSetFindsTheClaimOfItsFirstPod() {
		JsonObject set = workload("StatefulSet", "db")
			.with(List.of(Map.of("name", "cache", "emptyDir", Map.of())), "spec", "template", "spec", "volumes")
			.with(List.of(Map.of("metadata", Map.of("name", "data"))), "spec", "volumeClaimTemplates");

		DrillCopies found = DrillCopies.of(List.of(set), Set.of("data-db-0"), "drill");
		DrillCopies other = DrillCopies.of(List.of(set), Set.of("data-db-1"), "drill");

		assertThat(found.started("drill")).containsExactly(new Workload(Workload.Kind.STATEFUL_SET, "drill", "db"));
		assertThat(other.leftOut()).containsExactly(
				new Absence("statefulset 'db'", "it mounts claim 'data-db-0', which is not in the restore point"));
	}

	@Test
	void whatBelongsToAnotherApplicationOfTheNamespaceIsLeftOut() {
		JsonObject cache = without(workload("Deployment", "cache"));
		JsonObject mine = without(workload("Deployment", "mine")).with("wiki", "metadata", "labels",
				"app.kubernetes.io/instance");
		JsonObject other = without(workload("Deployment", "other")).with("blog", "metadata", "labels",
				"app.kubernetes.io/instance");

		DrillCopies copies = copies(WIKI, cache, mine, other);

		assertThat(copies.started("drill")).extracting(Workload::name).containsExactly("wiki", "cache", "mine");
		assertThat(copies.leftOut()).containsExactly(new Absence("deployment 'other'", "it belongs to 'blog'"));
	}

	static List<Arguments> obstacles() {
		return List.of(Arguments.of(WIKI.with(0, "spec", "replicas"), "it is scaled to zero"),
				Arguments.of(WIKI.with(true, "spec", "template", "spec", "hostNetwork"),
						"it shares its node by 'hostNetwork'"),
				Arguments.of(WIKI.with(true, "spec", "template", "spec", "hostPID"), "it shares its node by 'hostPID'"),
				Arguments.of(WIKI.with(List.of(Map.of("name", "vpn", "securityContext", Map.of("privileged", true))),
						"spec", "template", "spec", "initContainers"), "its container 'vpn' is privileged"),
				Arguments.of(WIKI
					.with(List.of(Map.of("name", "dns", "ports", List.of(Map.of("hostPort", 53)))), "spec", "template",
							"spec", "containers"),
						"its container 'dns' takes port 53 of its node"),
				Arguments.of(
						WIKI.with(
								List.of(Map.of("name", "vpn", "securityContext",
										Map.of("capabilities", Map.of("add", List.of("CHOWN", "NET_ADMIN"))))),
								"spec", "template", "spec", "containers"),
						"its container 'vpn' wants the capability 'NET_ADMIN'"),
				Arguments.of(WIKI.with(List.of(claim("data"), Map.of("name", "tz", "hostPath", Map.of("path", "/etc"))),
						"spec", "template", "spec", "volumes"), "it mounts 'tz' by 'hostPath'"),
				Arguments.of(WIKI.with(List.of(claim("data"), Map.of("name", "films", "nfs", Map.of("server", "nas"))),
						"spec", "template", "spec", "volumes"), "it mounts 'films' by 'nfs'"),
				Arguments.of(WIKI.with(List.of(claim("data"), claim("films")), "spec", "template", "spec", "volumes"),
						"it mounts claim 'films', which is not in the restore point"));
	}

	@ParameterizedTest
	@MethodSource("obstacles")
	void whatTouchesMoreThanItsOwnIsNotStarted(JsonObject workload, String why) {
		DrillCopies copies = copies(workload);

		assertThat(copies.workloads()).isEmpty();
		assertThat(copies.leftOut()).containsExactly(new Absence("deployment 'wiki'", why));
	}

	@Test
	void podsOfTheNamespaceReachEachOtherAndNames() {
		JsonObject policy = Isolation.policy("drill");

		assertThat(policy.text("metadata", "namespace")).contains("drill");
		assertThat(policy.object("spec", "podSelector")).as("all of them").contains(json(Map.of()));
		assertThat(policy.texts("spec", "policyTypes")).containsExactly("Ingress", "Egress");
		assertThat(policy.objects("spec", "ingress"))
			.containsExactly(json(Map.of("from", List.of(Map.of("podSelector", Map.of())))));
		assertThat(policy.objects("spec", "egress")).hasSize(2)
			.allSatisfy(rule -> assertThat(rule.objects("to")).as("nowhere is said as everywhere").hasSize(1));
	}

	private static DrillCopies copies(JsonObject... declared) {
		return DrillCopies.of(Arrays.asList(declared), Set.of("data"), "drill");
	}

	private static JsonObject workload(String kind, String name) {
		return json(Map.of("apiVersion", "apps/v1", "kind", kind, "metadata", Map.of("name", name, "namespace", "wiki"),
				"spec",
				Map.of("selector", Map.of("matchLabels", Map.of("app", name)), "template",
						Map.of("metadata", Map.of("labels", Map.of("app", name)), "spec", Map.of("containers",
								List.of(Map.of("name", name, "image", name)), "volumes", List.of(claim("data")))))));
	}

	private static JsonObject without(JsonObject workload) {
		return workload.without("spec", "template", "spec", "volumes");
	}

	private static Map<String, Object> claim(String name) {
		return Map.of("name", name, "persistentVolumeClaim", Map.of("claimName", name));
	}

	private static JsonObject service(String name, Map<String, Object> selector) {
		return json(Map.of("apiVersion", "v1", "kind", "Service", "metadata", Map.of("name", name), "spec",
				Map.of("selector", selector, "ports", List.of(Map.of("port", 80)))));
	}

	private static Settings configMap(String name) {
		return new Settings(Kind.CONFIG_MAP, name);
	}

	private static Settings secret(String name) {
		return new Settings(Kind.SECRET, name);
	}

	private static JsonObject json(Map<String, ?> fields) {
		return JsonObject.of(fields);
	}

}
