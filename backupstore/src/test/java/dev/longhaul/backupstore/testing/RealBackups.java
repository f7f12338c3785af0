package dev.longhaul.backupstore.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Backups that Longhorn's own engine wrote, and what is known of them. They are not part
 * of the project: they lie beside its checkout, or where an environment variable says.
 */
public final class RealBackups {

	private static final String VARIABLE = "LONGHAUL_BACKUPSTORES";

	private final Path directory;

	private RealBackups(Path directory) {
		this.directory = directory;
	}

	/** Finds them, or aborts the test with the reason. */
	public static RealBackups findOrAbort() {
		Path found = search();
		Assumptions.assumeTrue(found != null,
				"real Longhorn backups are neither in ../shared/backupstores nor where %s says".formatted(VARIABLE));
		return new RealBackups(found);
	}

	/** The directory that is the root of a target. */
	public Path target(String set) {
		return directory.resolve(set);
	}

	/** The healthy backups. */
	public List<RealBackup> healthy() throws IOException {
		try (Stream<String> lines = Files.lines(directory.resolve("backups.tsv"))) {
			return lines.skip(1).map(RealBackup::parse).toList();
		}
	}

	private static @Nullable Path search() {
		String given = System.getenv(VARIABLE);
		if (given != null) {
			return Path.of(given);
		}
		for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
			Path candidate = at.resolve("shared/backupstores");
			if (Files.isRegularFile(candidate.resolve("backups.tsv"))) {
				return candidate;
			}
		}
		return null;
	}

	/**
	 * A backup as {@code backups.tsv} describes it.
	 *
	 * @param size in bytes, that Longhorn restored it to
	 * @param sha256 of the whole volume when it was backed up
	 */
	public record RealBackup(String set, VolumeName volume, BackupName backup, long size, String sha256) {

		static RealBackup parse(String line) {
			String[] columns = line.split("\t", -1);
			return new RealBackup(columns[0], new VolumeName(columns[1]), new BackupName(columns[2]),
					Long.parseLong(columns[5]), columns[6]);
		}

	}

}
