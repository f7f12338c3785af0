package dev.longhaul.gitops.testing;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The GitOps repository of a real user, which is not part of this one.
 */
public final class HomelabRepository {

	private HomelabRepository() {
	}

	/** Its root; without it the test is aborted, with the reason. */
	public static Path rootOrAbort() {
		@Nullable Path found = null;
		for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
			Path candidate = at.resolve("shared/homelab-gitops");
			found = Files.isRegularFile(candidate.resolve("apps/values.yaml")) ? candidate : null;
		}
		String given = System.getenv("LONGHAUL_HOMELAB_GITOPS");
		Path repository = (given != null) ? Path.of(given) : found;
		assumeTrue(repository != null, "the real user's repository is neither in ../shared/homelab-gitops nor where "
				+ "LONGHAUL_HOMELAB_GITOPS says");
		return repository;
	}

}
