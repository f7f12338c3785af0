package dev.longhaul.longhorn.connection;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.Base64;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients of a Kubernetes API whose every call is bounded in time and size and is
 * tried once: who may retry is decided by the kind of the failure, further out. Address
 * and credentials are those that are passed, never those of the environment.
 * <p>
 * The caller closes the client.
 */
public final class ClusterClients {

	private final CallBounds bounds;

	private final Clock clock;

	public ClusterClients(CallBounds bounds, Clock clock) {
		this.bounds = bounds;
		this.clock = clock;
	}

	/**
	 * @param context null for the file's current one
	 * @throws RefusedRequest if the file cannot be read, asks for what is not supported,
	 * or names a program while plugins are refused
	 */
	public KubernetesClient fromKubeconfig(Path file, @Nullable String context, CredentialPlugins plugins) {
		Kubeconfig kubeconfig = Kubeconfig.read(file, context);
		ConfigBuilder config = base().withMasterUrl(kubeconfig.server());
		byte[] authority = kubeconfig.certificateAuthority();
		if (authority != null) {
			config.withCaCertData(certificates("kubeconfig '" + file + "'", authority));
		}
		authenticate(config, kubeconfig, plugins);
		return build(config.build(), "kubeconfig '" + file + "'");
	}

	/** From inside a pod. The token is read anew for each call, because it is renewed. */
	public KubernetesClient inCluster(ServiceAccount account) {
		String source = "service account '" + account.directory() + "'";
		byte[] authority = BoundedFile.read("certificate authority", account.certificateAuthority());
		Config config = base().withMasterUrl(account.server())
			.withCaCertData(certificates(source, authority))
			.withOauthTokenProvider(() -> token(account.token()))
			.build();
		return build(config, source);
	}

	private ConfigBuilder base() {
		return new ConfigBuilder(Config.empty()).withUserAgent("longhaul")
			.withHttp2Disable(true)
			.withConnectionTimeout(Math.toIntExact(bounds.connect().toMillis()))
			.withRequestTimeout(Math.toIntExact(bounds.answer().toMillis()))
			.withRequestRetryBackoffLimit(0);
	}

	private void authenticate(ConfigBuilder config, Kubeconfig kubeconfig, CredentialPlugins plugins) {
		AuthInfo user = kubeconfig.user();
		byte[] certificate = kubeconfig.clientCertificate();
		byte[] key = kubeconfig.clientKey();
		if ((certificate == null) != (key == null)) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"kubeconfig '" + kubeconfig.file() + "' has only one of client certificate and client key",
					"check it: kubectl config view");
		}
		if (certificate != null && key != null) {
			config.withClientCertData(Base64.getEncoder().encodeToString(certificate))
				.withClientKeyData(Base64.getEncoder().encodeToString(key))
				.withClientKeyAlgo(PrivateKeys.algorithm(key));
		}
		if (isSet(user.getTokenFile())) {
			Path tokenFile = kubeconfig.resolve(user.getTokenFile());
			config.withOauthTokenProvider(() -> token(tokenFile));
		}
		else if (isSet(user.getToken())) {
			config.withOauthToken(user.getToken());
		}
		else if (isSet(user.getUsername())) {
			config.withUsername(user.getUsername()).withPassword(user.getPassword());
		}
		else if (user.getExec() != null) {
			requireAllowed(kubeconfig, plugins);
			config.withOauthTokenProvider(new ExecToken(kubeconfig, user.getExec(), clock));
		}
	}

	private static void requireAllowed(Kubeconfig kubeconfig, CredentialPlugins plugins) {
		if (plugins == CredentialPlugins.REFUSED) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"kubeconfig '%s' wants the program '%s' to be run for its credentials".formatted(kubeconfig.file(),
							kubeconfig.user().getExec().getCommand()),
					"allow it if you trust the file, or use a context with a token or a client certificate");
		}
	}

	private KubernetesClient build(Config config, String source) {
		try {
			return new KubernetesClientBuilder().withConfig(config)
				.withHttpClientFactory(new BoundedJdkClient())
				.withHttpClientBuilderConsumer(
						http -> http.addOrReplaceInterceptor(AnswerBound.class.getName(), new AnswerBound(bounds)))
				.build();
		}
		catch (KubernetesClientException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					source + " has certificates or a key that cannot be used: " + ex.getMessage(),
					"check them: kubectl config view --raw", ex);
		}
	}

	/**
	 * fabric8 passes over what is no certificate and then trusts every public authority.
	 */
	private static String certificates(String source, byte[] pem) {
		try {
			int count = CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(pem))
				.size();
			if (count == 0) {
				throw new CertificateException("there is none");
			}
			return Base64.getEncoder().encodeToString(pem);
		}
		catch (CertificateException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					source + " has a certificate authority that cannot be read: " + ex.getMessage(),
					"write the cluster's certificate in PEM form", ex);
		}
	}

	private static String token(Path file) {
		return new String(BoundedFile.read("token", file), StandardCharsets.UTF_8).strip();
	}

	private static boolean isSet(@Nullable String value) {
		return value != null && !value.isBlank();
	}

}
