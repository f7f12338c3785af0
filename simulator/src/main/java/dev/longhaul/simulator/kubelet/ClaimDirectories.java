package dev.longhaul.simulator.kubelet;

import java.nio.file.Path;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;

/**
 * Where the volume behind a claim is mounted on this machine. Asked again and again until
 * it answers, as a kubelet waits for its volumes.
 */
@FunctionalInterface
public interface ClaimDirectories {

	/**
	 * @return the volume's live files; empty while the claim has no volume or the volume
	 * is not attached
	 */
	Optional<Path> find(ClaimRef claim);

}
