package dev.longhaul.core.application;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;

/**
 * Which claims an application has now, or why that cannot be said.
 */
public sealed interface Membership {

	/** Its claims, in the order of its selectors. */
	record Settled(Application application) implements Membership {
	}

	/**
	 * @param reason everything that stands against it
	 */
	record Unsettled(String reason) implements Membership {
	}

	/**
	 * A label that chooses nothing is as wrong as a claim that is not there: half an
	 * application is no restore point.
	 * @param others the other applications of the same night; a claim that one of them
	 * has, too, would be snapshotted at two moments
	 * @param claims all of the namespaces in which the application chooses by label
	 */
	static Membership of(ApplicationDefinition application, List<ApplicationDefinition> others, List<Claim> claims) {
		Set<ClaimRef> members = new LinkedHashSet<>();
		List<String> refusals = new ArrayList<>();
		for (VolumeSelector selector : application.volumes()) {
			if (selector instanceof VolumeSelector.ByClaim byClaim) {
				members.add(byClaim.claim());
			}
			else {
				List<Claim> chosen = claims.stream().filter(selector::chooses).toList();
				if (chosen.isEmpty()) {
					refusals.add("no claim has the labels " + selector);
				}
				chosen.forEach(claim -> members.add(claim.ref()));
				chosen.forEach(claim -> owner(claim, others).ifPresent(other -> refusals
					.add("claim '%s' belongs to application '%s', too".formatted(claim.ref(), other.name()))));
			}
		}
		return refusals.isEmpty() ? new Settled(new Application(application.name(), List.copyOf(members)))
				: new Unsettled(String.join("; ", refusals));
	}

	private static Optional<ApplicationDefinition> owner(Claim claim, List<ApplicationDefinition> others) {
		return others.stream()
			.filter(other -> other.volumes().stream().anyMatch(selector -> selector.chooses(claim)))
			.findFirst();
	}

}
