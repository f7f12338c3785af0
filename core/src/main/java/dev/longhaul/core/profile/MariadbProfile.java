package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * MariaDB or MySQL under {@code FLUSH TABLES WITH READ LOCK}, which also holds tables
 * that are not transactional, and every version knows. The lock belongs to a session that
 * is kept open during the snapshots and ends with its connection, so nobody has to undo
 * it.
 */
public record MariadbProfile(Place place, Duration limit) implements Profile {

	private static final Script SCRIPT = Script.of("mariadb.sh").after(Script.MARIADB_ROOT);

	/** Longer than the lock itself is waited for, in the script. */
	private static final Duration LOCK = Duration.ofSeconds(45);

	@Override
	public List<QuietStep> steps(int volumes) {
		return List.of(new QuietStep.Hold("read lock", "nobody commits while it is held", place,
				SCRIPT.command(Long.toString(limit.toSeconds())), List.of(), LOCK));
	}

	@Override
	public Set<Workload> workloads() {
		return Set.of(place.workload());
	}

}
