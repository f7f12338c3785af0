package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.profile.NextcloudProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Place;

/**
 * Like Nextcloud on MariaDB. Nothing is under way in maintenance mode, so every row has
 * its file and every file its row.
 */
final class Cloud implements JudgedApplication {

	@Override
	public String name() {
		return "cloud";
	}

	@Override
	public List<String> claims() {
		return List.of("files", "db");
	}

	@Override
	public String writer() {
		return "nextcloud";
	}

	@Override
	public List<String> deployments() {
		return List.of("mariadb", "nextcloud");
	}

	@Override
	public Profile profile() {
		return new NextcloudProfile(new Place(deployment("nextcloud"), null), "/var/www/html", "php occ",
				Duration.ofSeconds(1), Duration.ofMinutes(5));
	}

	@Override
	public List<Disagreement> judge(Map<ClaimRef, Path> volumes, Path directory) throws IOException {
		try (RestoredDatabase database = RestoredMariadb.open(volumes.get(claim("db")), directory)) {
			List<Disagreement> found = new ArrayList<>(JudgedApplication.damaged(database.faults()));
			List<Row> rows = database.rows("SELECT path, size, checksum FROM nextcloud.oc_filecache");
			// What was not uploaded to its end is a part, which Nextcloud throws away.
			found.addAll(Comparison.of(rows, volumes.get(claim("files")), "data", name -> name.endsWith(".part")));
			return found;
		}
	}

}
