package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.profile.GiteaProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Place;

/**
 * Like Gitea on PostgreSQL. Nothing is under way when it does not run, so every row has
 * its file and every file its row.
 */
final class Forge implements JudgedApplication {

	@Override
	public String name() {
		return "forge";
	}

	@Override
	public List<String> claims() {
		return List.of("repositories", "db");
	}

	@Override
	public String writer() {
		return "gitea";
	}

	@Override
	public List<String> deployments() {
		return List.of("postgresql", "gitea");
	}

	@Override
	public Profile profile() {
		return new GiteaProfile(deployment("gitea"), new Place(deployment("postgresql"), null), Duration.ofMinutes(5));
	}

	@Override
	public List<Disagreement> judge(Map<ClaimRef, Path> volumes, Path directory) throws IOException {
		Path data = volumes.get(claim("db")).resolve("pgdata");
		try (RestoredDatabase database = RestoredPostgresql.open(data, directory)) {
			List<Disagreement> found = new ArrayList<>(JudgedApplication.damaged(database.faults()));
			List<Row> rows = database.rows("SELECT path, size, checksum FROM push");
			found.addAll(Comparison.of(rows, volumes.get(claim("repositories")), "repositories",
					name -> name.endsWith(".tmp")));
			return found;
		}
	}

}
