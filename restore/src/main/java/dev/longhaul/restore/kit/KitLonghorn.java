package dev.longhaul.restore.kit;

import dev.longhaul.core.secret.SecretRef;

/**
 * What the backup target is called in Longhorn, so that the new one is like the old.
 *
 * @param target its name, {@code default} for most
 * @param credentials the Secret, in Longhorn's namespace, that the target names
 */
public record KitLonghorn(String target, SecretRef credentials) {

	public KitLonghorn {
		if (target.isBlank() || target.length() > 253) {
			throw new IllegalArgumentException("a backup target has a name of 1 to 253 characters");
		}
	}

	/** Where Longhorn is installed. */
	public String namespace() {
		return credentials.namespace();
	}

}
