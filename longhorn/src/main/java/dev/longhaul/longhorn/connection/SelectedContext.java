package dev.longhaul.longhorn.connection;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.secret.Secret;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/**
 * One context of a kubeconfig by itself, for a program that is to reach that cluster and
 * no other: it names no files and no programs, and holds what those would have given.
 */
public final class SelectedContext {

	private static final String NAME = "selected";

	private SelectedContext() {
	}

	/**
	 * @param context null for the file's current one
	 * @return a kubeconfig in JSON
	 * @throws RefusedRequest if the file cannot be used, as {@link ClusterClients} says
	 */
	public static Secret read(Path file, @Nullable String context, CredentialPlugins plugins, Clock clock) {
		Kubeconfig kubeconfig = Kubeconfig.read(file, context);
		ClusterBuilder cluster = new ClusterBuilder().withServer(kubeconfig.server());
		byte[] authority = kubeconfig.certificateAuthority();
		if (authority != null) {
			cluster.withCertificateAuthorityData(base64(authority));
		}
		return Secret.of(new KubernetesSerialization().asJson(new ConfigBuilder().withApiVersion("v1")
			.withKind("Config")
			.withCurrentContext(NAME)
			.addNewCluster()
			.withName(NAME)
			.withCluster(cluster.build())
			.endCluster()
			.addNewUser()
			.withName(NAME)
			.withUser(user(kubeconfig, plugins, clock))
			.endUser()
			.addNewContext()
			.withName(NAME)
			.withNewContext()
			.withCluster(NAME)
			.withUser(NAME)
			.endContext()
			.endContext()
			.build()));
	}

	private static AuthInfo user(Kubeconfig kubeconfig, CredentialPlugins plugins, Clock clock) {
		AuthInfo given = kubeconfig.user();
		AuthInfoBuilder user = new AuthInfoBuilder();
		byte[] certificate = kubeconfig.clientCertificate();
		byte[] key = kubeconfig.clientKey();
		if (certificate != null && key != null) {
			user.withClientCertificateData(base64(certificate)).withClientKeyData(base64(key));
		}
		if (isSet(given.getTokenFile())) {
			byte[] token = BoundedFile.read("token", kubeconfig.resolve(given.getTokenFile()));
			user.withToken(new String(token, StandardCharsets.UTF_8).strip());
		}
		else if (isSet(given.getToken())) {
			user.withToken(given.getToken());
		}
		else if (isSet(given.getUsername())) {
			user.withUsername(given.getUsername()).withPassword(given.getPassword());
		}
		else if (given.getExec() != null) {
			if (plugins == CredentialPlugins.REFUSED) {
				throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
						"kubeconfig '%s' wants a program to be run for its credentials".formatted(kubeconfig.file()),
						"allow it if you trust the file, or use a context with a token or a client certificate");
			}
			user.withToken(new ExecToken(kubeconfig, given.getExec(), clock).getToken());
		}
		return user.build();
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static boolean isSet(@Nullable String value) {
		return value != null && !value.isBlank();
	}

}
