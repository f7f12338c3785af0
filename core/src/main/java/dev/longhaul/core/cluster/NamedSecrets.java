package dev.longhaul.core.cluster;

import java.util.Optional;

import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.SecretRef;

/**
 * The Secrets of a cluster, one by one and by name: they are never listed, so whoever
 * asks for one needs no right to see the others. Failures are those of
 * {@link VolumeCluster}.
 */
@FunctionalInterface
public interface NamedSecrets {

	/**
	 * Empty only if the cluster said that there is no such Secret.
	 */
	Optional<NamedSecret> find(SecretRef ref);

}
