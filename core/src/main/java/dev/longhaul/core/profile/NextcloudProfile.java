package dev.longhaul.core.profile;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;

/**
 * Nextcloud in its maintenance mode: it serves no user while it lasts, so files and rows
 * are those of one moment, however many volumes they lie on. The database needs nothing:
 * whether MariaDB or PostgreSQL, what was committed is in its log, and nobody commits.
 *
 * @param directory where Nextcloud is installed
 * @param occ how occ is called there, such as {@code php occ}
 * @param settle how long requests get that were under way
 */
public record NextcloudProfile(Place place, String directory, String occ, Duration settle,
		Duration limit) implements Profile {

	private static final Script SCRIPT = Script.of("nextcloud.sh");

	/** occ starts PHP and reads the database; on a small machine that takes seconds. */
	private static final Duration OCC = Duration.ofSeconds(60);

	@Override
	public List<QuietStep> steps(int volumes) {
		return List.of(new QuietStep.Run("maintenance mode",
				"no user is served while it is on; if it was on before, it stays on", place, command("on"),
				command("off"), command("check"), OCC.plus(settle)));
	}

	private List<String> command(String mode) {
		return SCRIPT.command(mode, directory, occ, Long.toString(settle.toSeconds()));
	}

	@Override
	public Set<Workload> workloads() {
		return Set.of(place.workload());
	}

}
