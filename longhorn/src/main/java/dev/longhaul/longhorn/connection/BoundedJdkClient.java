package dev.longhaul.longhorn.connection;

import java.net.http.HttpClient;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/**
 * The JDK's HTTP client, talking to the configured address and to no other: no redirects,
 * which would carry the token along, and no proxy of the machine's settings.
 */
final class BoundedJdkClient extends JdkHttpClientFactory {

	@Override
	protected void additionalConfig(HttpClient.Builder builder) {
		builder.followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY);
	}

}
