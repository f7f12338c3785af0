package dev.longhaul.scheduler.page.target;

import java.time.Instant;
import java.util.List;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * One target.
 *
 * @param name by which jobs know it
 * @param place its URL, and what holds of everything that lies there
 * @param reachable whether it answered when it was last asked
 * @param reason why it did not, or is not known to; empty if it did
 * @param lastSeen null if it never answered
 * @param stored the newest restore points of all applications together; null if nothing
 * is known of it
 */
public record TargetRow(String name, Place place, Answer reachable, String reason, @Nullable Instant lastSeen,
		@Nullable ByteSize stored, List<JobName> usedBy) {

	public TargetRow {
		usedBy = List.copyOf(usedBy);
	}

	String words() {
		return String.join(" ", name, place.name(), place.medium(), (place.site() != null) ? place.site() : "");
	}

	long bytes() {
		return (stored != null) ? stored.bytes() : -1;
	}

}
