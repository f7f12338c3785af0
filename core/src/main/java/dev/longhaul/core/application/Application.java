package dev.longhaul.core.application;

import java.util.List;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Volumes that belong together, named by the claims on them: a volume's own name changes
 * when it is restored, its claim does not.
 *
 * @param claims at least one, none twice
 */
public record Application(ApplicationName name, List<ClaimRef> claims) {

	public Application {
		claims = List.copyOf(claims);
		if (claims.isEmpty()) {
			throw new IllegalArgumentException("application '" + name + "' names no claim");
		}
		if (claims.stream().distinct().count() != claims.size()) {
			throw new IllegalArgumentException("application '" + name + "' names a claim twice: " + claims);
		}
	}

}
