package dev.longhaul.backupstore.s3;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and how it is spoken to.
 *
 * @param endpoint {@code https://host[:port]}, without a path
 * @param region what requests are signed for; B2's is the second label of its endpoint
 * @param certificateAuthority certificates in PEM that are trusted besides those Java
 * trusts; null if those are enough
 * @param proxy null if the endpoint is reached directly
 */
public record S3Settings(URI endpoint, String region, String bucket, Addressing addressing, S3Credentials credentials,
		@Nullable String certificateAuthority, @Nullable HttpProxy proxy, S3Limits limits) {

	/** Where the bucket's name goes in a request. */
	public enum Addressing {

		/** Into the path; what B2 and most other stores understand. */
		PATH,

		/** In front of the endpoint's host. */
		VIRTUAL_HOSTED

	}

	public S3Settings {
		if (endpoint.getHost() == null || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
				|| !endpoint.getPath().replace("/", "").isEmpty() || endpoint.getUserInfo() != null) {
			throw new IllegalArgumentException(
					"an endpoint is http or https, a host and maybe a port, not '" + endpoint + "'");
		}
		if (region.isBlank() || bucket.isBlank()) {
			throw new IllegalArgumentException("a bucket has a name and a region: '" + bucket + "@" + region + "'");
		}
	}

	/** {@code s3://bucket@region}, as Longhorn writes it. */
	String describe() {
		return "s3://" + bucket + "@" + region;
	}

}
