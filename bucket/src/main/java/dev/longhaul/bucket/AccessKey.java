package dev.longhaul.bucket;

/**
 * The credentials an embedded endpoint accepts.
 */
public record AccessKey(String id, String secret) {

	public AccessKey {
		if (id.isBlank() || secret.isBlank()) {
			throw new IllegalArgumentException("an access key has an id and a secret");
		}
	}

	/** Constant: a key that is a secret somewhere must not be printed anywhere. */
	@Override
	public String toString() {
		return "AccessKey[...]";
	}

}
