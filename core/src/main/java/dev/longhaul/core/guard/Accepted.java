package dev.longhaul.core.guard;

import java.util.Set;

import dev.longhaul.core.volume.ClaimRef;

/**
 * What somebody has said is meant to be so, for one night.
 *
 * @param recreated claims whose volume may be another one than before, or formatted anew,
 * with whatever it holds
 * @param shrunk claims whose volume may hold as little as it does
 */
public record Accepted(Set<ClaimRef> recreated, Set<ClaimRef> shrunk) {

	public static final Accepted NOTHING = new Accepted(Set.of(), Set.of());

	public Accepted {
		recreated = Set.copyOf(recreated);
		shrunk = Set.copyOf(shrunk);
	}

}
