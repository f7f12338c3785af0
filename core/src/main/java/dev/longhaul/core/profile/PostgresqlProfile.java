package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * PostgreSQL. On one volume a snapshot is what a power failure would leave, which it
 * recovers from by itself; a checkpoint makes that short. On several, data and log would
 * be of different moments: {@code pg_backup_start} would allow that, but what it returns
 * at the end has to be kept outside of the volumes and put back by hand before a restored
 * server may start, so the server is stopped instead.
 */
public record PostgresqlProfile(Place place, Duration limit) implements Profile {

	private static final Script CHECKPOINT = Script.of("postgresql.sh").after(Script.POSTGRESQL_SUPERUSER);

	private static final Duration WRITE = Duration.ofMinutes(2);

	private static final Duration END = Duration.ofMinutes(3);

	@Override
	public List<QuietStep> steps(int volumes) {
		if (volumes == 1) {
			return List.of(checkpoint(place));
		}
		return List.of(new QuietStep.ScaleToZero("scale to zero",
				"its data is on %d volumes, whose snapshots are of different moments".formatted(volumes),
				place.workload(), END));
	}

	static QuietStep checkpoint(Place place) {
		return new QuietStep.Run("checkpoint", "a restored server has less to recover", place, CHECKPOINT.command(),
				List.of(), List.of(), WRITE);
	}

	@Override
	public Set<Workload> workloads() {
		return Set.of(place.workload());
	}

}
