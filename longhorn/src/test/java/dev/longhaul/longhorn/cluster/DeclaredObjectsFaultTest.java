package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;

import dev.longhaul.core.cluster.DeclaredObjects;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.longhorn.connection.CallBounds;
import dev.longhaul.longhorn.testing.ScriptedApi;
import dev.longhaul.longhorn.testing.ScriptedApi.Reply;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A list of objects is whole or none.
 */
@Timeout(30)
class DeclaredObjectsFaultTest {

	private static final Set<String> GIT = Set.of("git");

	@TempDir
	private Path directory;

	private final ScriptedApi api = new ScriptedApi();

	private KubernetesClient client;

	private DeclaredObjects objects;

	@BeforeEach
	void connect() {
		client = api.client(directory, new CallBounds(Duration.ofMillis(500), Duration.ofSeconds(5), 1_000_000));
		objects = new KubernetesDeclaredObjects(client, "longhorn-system", Clock.systemUTC());
	}

	@AfterEach
	void disconnect() {
		client.close();
		api.close();
		api.assertPlayed();
	}

	@Test
	void aKindThatMayNotBeReadIsNamedAndNothingIsKept() {
		api.on("GET", namespace())
			.on("GET", list("ServiceAccount", ""))
			.on("GET", Reply.failure(403, "Forbidden", "roles is forbidden"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> objects.list(GIT))
			.withMessage("the cluster did not list roles.rbac.authorization.k8s.io in namespace 'git': "
					+ "roles is forbidden")
			.satisfies(failure -> assertThat(failure.hint()).isEqualTo("allow the verb 'list' on 'roles' of API group "
					+ "'rbac.authorization.k8s.io' in namespace 'git', in a Role bound to this user"));
	}

	@Test
	void aListThatExpiresInTheMiddleIsBegunAgainByTheCaller() {
		api.on("GET", namespace())
			.on("GET", Reply.json(200, """
					{"apiVersion":"v1","kind":"ServiceAccountList","metadata":{"continue":"more"},
					"items":[{"metadata":{"name":"default"}}]}"""))
			.on("GET", Reply.failure(410, "Expired", "The provided continue parameter is too old"));

		assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> objects.list(GIT))
			.withMessage("the cluster did not list serviceaccounts in namespace 'git': "
					+ "The provided continue parameter is too old");
	}

	@Test
	void anOlderVersionIsReadWhereTheClusterServesNoNewerOne() {
		api.on("GET", namespace());
		each("ServiceAccount", "Role", "RoleBinding", "ConfigMap");
		api.on("GET", unknownKind())
			.on("GET", list("ExternalSecret",
					"{\"metadata\":{\"name\":\"gitea\"},\"spec\":{\"refreshInterval\":\"1h\"}}"));
		each("PersistentVolumeClaim", "Service", "NetworkPolicy", "Deployment", "StatefulSet", "DaemonSet", "CronJob",
				"Ingress");
		api.on("GET", unknownKind()).on("GET", unknownKind());
		each("Pod");

		DeclaredObjects.Listing listing = objects.list(GIT);

		assertThat(listing.count()).isEqualTo(2);
		assertThat(listing.document()).isEqualTo("""
				{"apiVersion":"v1","kind":"List","items":[
				{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"git"}},
				{"apiVersion":"external-secrets.io/v1beta1","kind":"ExternalSecret","metadata":{"name":"gitea"},\
				"spec":{"refreshInterval":"1h"}}
				]}
				""");
		assertThat(api.requests()).noneMatch(request -> request.contains("secrets?") && !request.contains("external"));
	}

	@Test
	void moreThanAnApplicationHasIsRefused() {
		String account = "{\"metadata\":{\"name\":\"account\"}}";
		api.on("GET", namespace())
			.on("GET", list("ServiceAccount", String.join(",", Collections.nCopies(5_000, account))));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> objects.list(GIT))
			.withMessage("more than 5000 objects or 32 MiB of them are declared in [git]")
			.satisfies(failure -> assertThat(failure.code()).isEqualTo(FailureCode.EXPORT_FAILED));
	}

	@Test
	void anObjectWithoutANameIsRefused() {
		api.on("GET", namespace()).on("GET", list("ServiceAccount", "{\"metadata\":{}}"));

		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> objects.list(GIT))
			.withMessage("something in [git] cannot be read: the object has no name");
	}

	private void each(String... kinds) {
		for (String kind : kinds) {
			api.on("GET", list(kind, ""));
		}
	}

	private static Reply namespace() {
		return Reply.json(200, """
				{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"git","uid":"1"},
				"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}""");
	}

	private static Reply list(String kind, String items) {
		return Reply.json(200,
				"{\"apiVersion\":\"v1\",\"kind\":\"%sList\",\"metadata\":{},\"items\":[%s]}".formatted(kind, items));
	}

	/** As the API server answers for a kind that nobody has installed. */
	private static Reply unknownKind() {
		return Reply.text(404, "404 page not found\n", "Content-Type", "text/plain");
	}

}
