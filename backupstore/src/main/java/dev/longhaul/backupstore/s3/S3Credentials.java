package dev.longhaul.backupstore.s3;

/**
 * The key a bucket is opened with.
 */
public record S3Credentials(String keyId, String secret) {

	public S3Credentials {
		if (keyId.isBlank() || secret.isBlank()) {
			throw new IllegalArgumentException("a key has an id and a secret");
		}
	}

	/** Constant, so that no message, log or trace can hold the secret. */
	@Override
	public String toString() {
		return "S3Credentials[...]";
	}

}
