package dev.longhaul.scheduler.scenario.consistent_applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.longhaul.core.profile.VaultwardenProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Place;

/**
 * Like Vaultwarden on SQLite. It has no maintenance mode: the request under way at the
 * moment of the snapshot may have its row and not yet its file, or still its file and its
 * row no more. Both are as after a power cut, and Vaultwarden lives with either.
 */
final class Vault implements JudgedApplication {

	private static final String DATABASE = "db.sqlite3";

	@Override
	public String name() {
		return "vault";
	}

	@Override
	public List<String> claims() {
		return List.of("data");
	}

	@Override
	public String writer() {
		return "vaultwarden";
	}

	@Override
	public List<String> deployments() {
		return List.of("vaultwarden");
	}

	@Override
	public Profile profile() {
		return new VaultwardenProfile(new Place(deployment("vaultwarden"), null), Duration.ofMinutes(5));
	}

	@Override
	public List<Disagreement> judge(Map<ClaimRef, Path> volumes, Path directory) throws IOException {
		Path data = volumes.get(claim("data"));
		List<Disagreement> found = new ArrayList<>();
		for (Path copy : copies(data)) {
			try (RestoredDatabase database = RestoredSqlite.open(copy)) {
				found.addAll(JudgedApplication.damaged(database.faults()));
			}
		}
		try (RestoredDatabase database = RestoredSqlite.open(data.resolve(DATABASE))) {
			found.addAll(JudgedApplication.damaged(database.faults()));
			List<Row> rows = database.rows("SELECT id, file_size, checksum FROM attachments");
			List<Disagreement> between = Comparison.of(rows, data, "attachments", name -> false);
			if (!isOneRequest(between)) {
				found.addAll(between);
			}
		}
		return found;
	}

	/** What its own backup command has left in the volume. */
	static List<Path> copies(Path data) throws IOException {
		try (Stream<Path> files = Files.list(data)) {
			return files.filter(file -> file.getFileName().toString().endsWith(".sqlite3"))
				.filter(file -> !file.getFileName().toString().equals(DATABASE))
				.toList();
		}
	}

	private static boolean isOneRequest(List<Disagreement> between) {
		return between.size() == 1 && between.get(0).kind() != Disagreement.Kind.OTHER_CONTENT;
	}

}
