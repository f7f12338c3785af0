package dev.longhaul.restore.kit;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.core.secret.Secret;

/**
 * The backup target, and what opens it.
 *
 * @param variables by Longhorn's names, as its credential Secret has them; none for a
 * directory
 */
public record KitBucket(TargetUrl url, SortedMap<String, Secret> variables) {

	private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

	/** Longhorn knows eight. */
	private static final int MOST = 32;

	public KitBucket {
		variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
		if (variables.size() > MOST || !variables.keySet().stream().allMatch(name -> NAME.matcher(name).matches())) {
			throw new IllegalArgumentException("a target has at most %d variables, in capitals".formatted(MOST));
		}
		if (url instanceof TargetUrl.S3
				&& (isMissing(variables, "AWS_ACCESS_KEY_ID") || isMissing(variables, "AWS_SECRET_ACCESS_KEY"))) {
			throw new IllegalArgumentException("a bucket has AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
		}
	}

	private static boolean isMissing(Map<String, Secret> variables, String name) {
		return !variables.containsKey(name) || variables.get(name).isEmpty();
	}

	/** Where requests go; empty if the region alone says it. No secret. */
	public Optional<String> endpoint() {
		return Optional.ofNullable(variables.get("AWS_ENDPOINTS")).map(Secret::revealText);
	}

	/** In the clear, for whoever opens the target. */
	public Map<String, String> reveal() {
		return variables.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().revealText()));
	}

}
