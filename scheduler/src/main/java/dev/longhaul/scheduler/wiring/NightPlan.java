package dev.longhaul.scheduler.wiring;

import java.util.List;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.retention.DeclaredRetention;
import org.jspecify.annotations.Nullable;

/**
 * What one night is about, beyond the configuration.
 *
 * @param revision of the Git repository that declares the applications; null if the
 * configuration does
 * @param accepted what may be otherwise than before, this once
 * @param retention what is kept, as it is declared when it is asked
 */
public record NightPlan(List<ApplicationDefinition> applications, @Nullable String revision, Accepted accepted,
		DeclaredRetention retention) {

	/** One that keeps everything. */
	public NightPlan(List<ApplicationDefinition> applications, @Nullable String revision, Accepted accepted) {
		this(applications, revision, accepted, DeclaredRetention.NONE);
	}

	public NightPlan {
		applications = List.copyOf(applications);
	}

}
