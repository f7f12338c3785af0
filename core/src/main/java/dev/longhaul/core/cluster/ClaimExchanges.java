package dev.longhaul.core.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.volume.ClaimRef;

/**
 * What it takes to give a claim another volume and to keep the one that it had. Nothing
 * is waited for. Failures are those of {@link VolumeCluster}.
 */
public interface ClaimExchanges {

	/**
	 * The pods that use a claim or are about to, by name; also those that are ending.
	 */
	List<UsingPod> podsUsing(ClaimRef claim);

	/**
	 * Name of the PersistentVolume that a claim names; empty if there is no claim, or it
	 * names none.
	 */
	Optional<String> volumeOf(ClaimRef claim);

	/**
	 * Has a PersistentVolume and its data outlive its claim.
	 * @throws dev.longhaul.core.failure.TransientFailure if it is not there, or somebody
	 * keeps changing it
	 */
	void keep(String persistentVolume);

	/**
	 * Asks for a claim to be deleted, as long as it names that PersistentVolume: asking
	 * twice is asking once, and one that is not there is deleted.
	 * @throws dev.longhaul.core.failure.RefusedRequest if it names another
	 */
	void release(ClaimRef claim, String persistentVolume);

	/** Annotations of a PersistentVolume; none if it is not there. */
	Map<String, String> annotations(String persistentVolume);

	/**
	 * Gives a PersistentVolume an annotation.
	 * @param value empty to take it away
	 */
	void annotate(String persistentVolume, String key, String value);

	/**
	 * A pod that uses a claim.
	 *
	 * @param ending whether it was told to end
	 */
	record UsingPod(String name, boolean ending) {
	}

}
