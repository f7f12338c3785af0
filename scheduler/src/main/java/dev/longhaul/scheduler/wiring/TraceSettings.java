package dev.longhaul.scheduler.wiring;

import java.net.URI;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;
import org.jspecify.annotations.Nullable;

/**
 * @param endpoint where traces are received by OTLP over HTTP, with its path
 * @param tokenFile a file with the token that is sent there; null for none
 */
public record TraceSettings(URI endpoint, @Nullable Path tokenFile) {

	public TraceSettings(@Nullable URI endpoint, @Nullable Path tokenFile) {
		String scheme = (endpoint != null) ? endpoint.getScheme() : null;
		if (endpoint == null || endpoint.getHost() == null || endpoint.getUserInfo() != null
				|| !("http".equals(scheme) || "https".equals(scheme))) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"longhaul.traces.endpoint must be the URL of a receiver of OTLP over HTTP",
					"such as http://tempo.monitoring:4318/v1/traces; a token belongs into a file, longhaul.traces.token-file");
		}
		this.endpoint = endpoint;
		this.tokenFile = tokenFile;
	}

	@Nullable SecretFile token() {
		return (tokenFile != null) ? new SecretFile(tokenFile) : null;
	}

}
