package dev.longhaul.simulator.front;

import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import dev.longhaul.simulator.testing.NodeSession;
import dev.longhaul.simulator.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Over a real kube-apiserver only: the mock lets everyone in. */
class AccessReviewIT {

	@TempDir
	Path directory;

	@AutoClose
	private NodeSession node;

	@BeforeEach
	void open() {
		Programs.requireSandboxes();
		node = NodeSession.open(ControlPlaneKind.KUBERNETES, directory);
		node.run(node.pod("guarded"));
	}

	@Test
	void whoMayOnlyLookAtPodsMayNotRunAnythingInThem() {
		try (KubernetesClient client = clientWhoMay(List.of("get"), "pods")) {
			assertThatThrownBy(() -> NodeSession.exec(guarded(client), "true")).rootCause().hasMessageContaining("403");
			assertThatThrownBy(() -> guarded(client).getLog()).isInstanceOf(KubernetesClientException.class)
				.hasMessageContaining("cannot get resource \"pods/log\"");
		}
	}

	@Test
	void whoMayUseTheSubResourcesCan() {
		try (KubernetesClient client = clientWhoMay(List.of("get", "create"), "pods", "pods/exec", "pods/log")) {
			assertThat(NodeSession.exec(guarded(client), "true").exitCode()).isZero();
			assertThat(guarded(client).getLog()).isEmpty();
		}
	}

	@Test
	void whoIsUnknownIsTurnedAway() {
		try (KubernetesClient client = node.clientWithToken("of-nobody")) {
			assertThatThrownBy(() -> client.pods().inNamespace(node.namespace()).withName("guarded").getLog())
				.isInstanceOf(KubernetesClientException.class)
				.hasMessageContaining("Unauthorized");
		}
	}

	private PodResource guarded(KubernetesClient client) {
		return client.pods().inNamespace(node.namespace()).withName("guarded");
	}

	private KubernetesClient clientWhoMay(List<String> verbs, String... resources) {
		String namespace = node.namespace();
		node.client()
			.resource(new ServiceAccountBuilder().withNewMetadata()
				.withName("limited")
				.withNamespace(namespace)
				.endMetadata()
				.build())
			.create();
		node.client()
			.resource(new RoleBuilder().withNewMetadata()
				.withName("limited")
				.withNamespace(namespace)
				.endMetadata()
				.addNewRule()
				.addToApiGroups("")
				.addToResources(resources)
				.addAllToVerbs(verbs)
				.endRule()
				.build())
			.create();
		node.client()
			.resource(new RoleBindingBuilder().withNewMetadata()
				.withName("limited")
				.withNamespace(namespace)
				.endMetadata()
				.withNewRoleRef("rbac.authorization.k8s.io", "Role", "limited")
				.addNewSubject("", "ServiceAccount", "limited", namespace)
				.build())
			.create();
		String token = node.client()
			.serviceAccounts()
			.inNamespace(namespace)
			.withName("limited")
			.tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
			.getStatus()
			.getToken();
		return node.clientWithToken(token);
	}

}
