package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.core.volume.VolumePath;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * Vaultwarden on SQLite. Nobody is locked out: it makes a whole copy of its own database
 * into the data volume first, and the snapshot has that copy beside the attachments.
 */
public record VaultwardenProfile(Place place, Duration limit) implements Profile {

	private static final Script SCRIPT = Script.of("vaultwarden.sh");

	/** Its own database as a power failure would leave it, and the copy it made. */
	private static final List<Check> CHECKS = Stream.of("db.sqlite3", "longhaul-copy.sqlite3")
		.<Check>map(path -> new Check.SqliteIntegrity(null, new VolumePath(path), Check.Location.USUAL))
		.toList();

	private static final Duration COPY = Duration.ofMinutes(2);

	@Override
	public List<QuietStep> steps(int volumes) {
		return List.of(new QuietStep.Run("copy of the database",
				"the copy needs no write-ahead log; it is removed again afterwards", place, SCRIPT.command("copy"),
				SCRIPT.command("remove"), List.of(), COPY));
	}

	@Override
	public List<Check> checks() {
		return CHECKS;
	}

	@Override
	public Set<Workload> workloads() {
		return Set.of(place.workload());
	}

}
