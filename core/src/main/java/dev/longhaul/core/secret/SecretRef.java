package dev.longhaul.core.secret;

import java.util.regex.Pattern;

/**
 * A Secret of Kubernetes by namespace and name.
 */
public record SecretRef(String namespace, String name) implements Comparable<SecretRef> {

	private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

	public SecretRef {
		if (!NAMESPACE.matcher(namespace).matches() || !NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"'%s/%s' is not a Secret; write namespace/name, in small letters".formatted(namespace, name));
		}
	}

	/**
	 * @param text {@code namespace/name}
	 * @throws IllegalArgumentException if it is not of that form
	 */
	public static SecretRef parse(String text) {
		int slash = text.indexOf('/');
		if (slash < 0) {
			throw new IllegalArgumentException("'%s' is not a Secret; write namespace/name".formatted(text));
		}
		return new SecretRef(text.substring(0, slash), text.substring(slash + 1));
	}

	@Override
	public int compareTo(SecretRef other) {
		int byNamespace = namespace.compareTo(other.namespace);
		return (byNamespace != 0) ? byNamespace : name.compareTo(other.name);
	}

	@Override
	public String toString() {
		return namespace + "/" + name;
	}

}
