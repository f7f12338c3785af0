package dev.longhaul.core.secret;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A Secret of Kubernetes, as it has to be made again.
 *
 * @param type such as {@code Opaque}
 * @param data by key, as they are and not in Base64
 */
public record NamedSecret(SecretRef ref, String type, SortedMap<String, Secret> data) {

	/** What most Secrets are of. */
	public static final String OPAQUE = "Opaque";

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");

	private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9./_-]{1,317}");

	public NamedSecret {
		data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
		if (!TYPE.matcher(type).matches()) {
			throw new IllegalArgumentException("Secret %s is of no type that Kubernetes has".formatted(ref));
		}
		for (String key : data.keySet()) {
			if (!KEY.matcher(key).matches()) {
				throw new IllegalArgumentException(
						"Secret %s has a key that is not letters, digits, '.', '_' and '-'".formatted(ref));
			}
		}
	}

}
