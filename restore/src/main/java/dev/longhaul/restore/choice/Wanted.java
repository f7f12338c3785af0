package dev.longhaul.restore.choice;

import java.time.Instant;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Night;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param applications empty for all
 * @param asOf nothing newer than that; null for the newest
 * @param night the restore points of this night, whatever they are worth; null for those
 * that are worth most
 */
public record Wanted(Set<ApplicationName> applications, @Nullable Instant asOf, @Nullable Night night) {

	public Wanted {
		applications = Set.copyOf(applications);
	}

	/** The newest proven restore point of everything. */
	public static Wanted everything() {
		return new Wanted(Set.of(), null, null);
	}

	boolean includes(ApplicationName application) {
		return applications.isEmpty() || applications.contains(application);
	}

	boolean reaches(Instant takenAt) {
		return asOf == null || !takenAt.isAfter(asOf);
	}

}
