package dev.longhaul.simulator.front;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * The Kubernetes API behind the front.
 *
 * @param url its root
 * @param caCertificates in PEM; null where there is no TLS
 * @param token for the kubeconfig the front hands out; requests carry their own
 */
public record Upstream(URI url, @Nullable String caCertificates, @Nullable String token) {

	/**
	 * The cluster a kubeconfig names. Only tokens are handed on: what a client proves by
	 * its certificate ends at the front.
	 * @throws RefusedRequest if its certificates cannot be read
	 */
	public static Upstream of(Config config) {
		String token = (config.getAutoOAuthToken() != null) ? config.getAutoOAuthToken() : config.getOauthToken();
		return new Upstream(URI.create(config.getMasterUrl()), caCertificates(config), token);
	}

	private static @Nullable String caCertificates(Config config) {
		if (config.getCaCertData() != null) {
			return new String(Base64.getDecoder().decode(config.getCaCertData()), StandardCharsets.UTF_8);
		}
		if (config.getCaCertFile() == null) {
			return null;
		}
		try {
			return Files.readString(Path.of(config.getCaCertFile()));
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"cannot read the certificates in " + config.getCaCertFile(), "correct the kubeconfig", ex);
		}
	}

	/**
	 * Whether requests are authorized there. The mock server speaks plain HTTP and lets
	 * everyone in; a kube-apiserver no longer has a plain port (since 1.20).
	 */
	boolean authorizes() {
		return url.getScheme().equals("https");
	}

	HttpClientOptions clientOptions() {
		int port = (url.getPort() >= 0) ? url.getPort() : (authorizes() ? 443 : 80);
		HttpClientOptions options = new HttpClientOptions().setDefaultHost(url.getHost()).setDefaultPort(port);
		if (authorizes()) {
			options.setSsl(true);
			if (caCertificates != null) {
				options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caCertificates)));
			}
		}
		return options;
	}

	/** Without the token. */
	@Override
	public String toString() {
		return url.toString();
	}

}
