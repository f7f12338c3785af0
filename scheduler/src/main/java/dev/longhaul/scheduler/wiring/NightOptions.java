package dev.longhaul.scheduler.wiring;

import java.util.Set;

import dev.longhaul.core.volume.ClaimRef;

/**
 * What one call asks for beyond the configuration.
 *
 * @param acceptedRecreated claims whose volume may be younger than its own history, this
 * once
 */
public record NightOptions(Set<ClaimRef> acceptedRecreated) {

	public NightOptions {
		acceptedRecreated = Set.copyOf(acceptedRecreated);
	}

}
