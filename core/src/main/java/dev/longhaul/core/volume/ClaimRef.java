package dev.longhaul.core.volume;

/**
 * A PersistentVolumeClaim by namespace and name.
 */
public record ClaimRef(String namespace, String name) implements Comparable<ClaimRef> {

	public ClaimRef {
		if (namespace.isBlank() || name.isBlank()) {
			throw new IllegalArgumentException(
					"a claim needs a namespace and a name: '" + namespace + "/" + name + "'");
		}
	}

	/**
	 * @param text {@code namespace/name}
	 * @throws IllegalArgumentException if it is not of that form
	 */
	public static ClaimRef parse(String text) {
		int slash = text.indexOf('/');
		if (slash < 1 || slash != text.lastIndexOf('/') || slash == text.length() - 1) {
			throw new IllegalArgumentException("'" + text + "' is not a claim; write namespace/name");
		}
		return new ClaimRef(text.substring(0, slash), text.substring(slash + 1));
	}

	@Override
	public int compareTo(ClaimRef other) {
		int byNamespace = namespace.compareTo(other.namespace);
		return (byNamespace != 0) ? byNamespace : name.compareTo(other.name);
	}

	@Override
	public String toString() {
		return namespace + "/" + name;
	}

}
