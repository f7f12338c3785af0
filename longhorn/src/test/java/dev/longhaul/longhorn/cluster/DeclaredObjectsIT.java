package dev.longhaul.longhorn.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.connection.ClusterClients;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.longhorn.testing.ControlPlane;
import dev.longhaul.longhorn.testing.DeclaredObjectsContract;
import dev.longhaul.longhorn.testing.LonghornResources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against a real kube-apiserver, and into another one.
 */
class DeclaredObjectsIT extends DeclaredObjectsContract {

	private static final ClusterClients CLIENTS = new ClusterClients(CallBounds.DEFAULT, Clock.systemUTC());

	private static final Map<String, Object> TOKEN_REQUEST = Map.of("apiVersion", "authentication.k8s.io/v1", "kind",
			"TokenRequest", "spec", Map.of("expirationSeconds", 3600));

	/** A Role without its rules, which follow. */
	private static final String ACCOUNT = """
			apiVersion: rbac.authorization.k8s.io/v1
			kind: RoleBinding
			metadata: {name: longhaul, namespace: git}
			roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: longhaul}
			subjects: [{kind: ServiceAccount, name: gitea, namespace: git}]
			---
			apiVersion: rbac.authorization.k8s.io/v1
			kind: Role
			metadata: {name: longhaul, namespace: git}
			""";

	@TempDir
	private static Path directory;

	private static ControlPlane controlPlane;

	private static KubernetesClient admin;

	@BeforeAll
	static void deploy() {
		controlPlane = ControlPlane.startOrAbort(directory.resolve("control-plane"));
		admin = connect(controlPlane);
		LonghornResources.putApplication(admin);
	}

	@AfterAll
	static void stop() {
		if (admin != null) {
			admin.close();
		}
		if (controlPlane != null) {
			controlPlane.close();
		}
	}

	@Override
	protected DeclaredObjects objects() {
		return objects(admin);
	}

	@Test
	void anotherClusterTakesTheDocumentAndListsTheSame() throws IOException, InterruptedException {
		String document = objects().list(Set.of("git")).document();

		try (ControlPlane another = ControlPlane.startOrAbort(directory.resolve("another"));
				KubernetesClient anotherAdmin = connect(another)) {
			String said = apply(document, another.kubeconfig());

			assertThat(said).contains("namespace/git created", "configmap/gitea created", "service/gitea created",
					"persistentvolumeclaim/data created", "ingress.networking.k8s.io/gitea created");
			assertThat(objects(anotherAdmin).list(Set.of("git")).document()).isEqualTo(document);
		}
	}

	/** The Role of the manual, given to a service account. */
	@Test
	void theRightsOfTheManualAreEnough() throws IOException {
		byte[] role = (ACCOUNT + manual("rules:")).getBytes(StandardCharsets.UTF_8);
		admin.load(new ByteArrayInputStream(role)).create();
		String token = admin.getKubernetesSerialization()
			.unmarshal(admin.raw("/api/v1/namespaces/git/serviceaccounts/gitea/token", "POST", TOKEN_REQUEST),
					GenericKubernetesResource.class)
			.get("status", "token");
		Path kubeconfig = Files.writeString(directory.resolve("restricted"), """
				apiVersion: v1
				kind: Config
				current-context: test
				contexts: [{name: test, context: {cluster: test, user: test}}]
				clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
				users: [{name: test, user: {token: "%s"}}]
				""".formatted(admin.getMasterUrl(), controlPlane.pki().resolve("ca.crt"), token));

		try (KubernetesClient restricted = CLIENTS.fromKubeconfig(kubeconfig, null, CredentialPlugins.REFUSED)) {
			assertThat(objects(restricted).list(Set.of("git")).inForce().charts()).containsExactly("gitea-10.6.0");
		}
		finally {
			admin.load(new ByteArrayInputStream(role)).delete();
		}
	}

	/** A piece of it that begins so. */
	private static String manual(String beginning) throws IOException {
		String page = Files.readString(Path.of("../docs/exports.md"));
		int begin = page.indexOf("```yaml\n" + beginning) + "```yaml\n".length();
		return page.substring(begin, page.indexOf("```", begin));
	}

	private static String apply(String document, Path kubeconfig) throws IOException, InterruptedException {
		Process kubectl = kubectl("--kubeconfig", kubeconfig.toString(), "apply", "-f", "-");
		kubectl.getOutputStream().write(document.getBytes(StandardCharsets.UTF_8));
		kubectl.getOutputStream().close();
		String said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(kubectl.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(kubectl.exitValue()).as(said).isZero();
		return said;
	}

	private static Process kubectl(String... arguments) {
		String[] command = new String[arguments.length + 1];
		command[0] = "kubectl";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			String reason = "no kubectl here: " + ex.getMessage();
			System.err.println("[aborted] " + reason);
			return Assumptions.abort(reason);
		}
	}

	private static DeclaredObjects objects(KubernetesClient client) {
		return new KubernetesDeclaredObjects(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

	private static KubernetesClient connect(ControlPlane cluster) {
		return CLIENTS.fromKubeconfig(cluster.kubeconfig(), null, CredentialPlugins.REFUSED);
	}

}
