package dev.longhaul.scheduler.wiring;

import java.util.List;
import java.util.Set;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.volume.ClaimRef;
import org.jspecify.annotations.Nullable;

/**
 * What one night is about, beyond the configuration.
 *
 * @param revision of the Git repository that declares the applications; null if the
 * configuration does
 * @param acceptedRecreated claims whose volume may be younger than its own history, this
 * once
 */
public record NightPlan(List<ApplicationDefinition> applications, @Nullable String revision,
		Set<ClaimRef> acceptedRecreated) {

	public NightPlan {
		applications = List.copyOf(applications);
		acceptedRecreated = Set.copyOf(acceptedRecreated);
	}

}
