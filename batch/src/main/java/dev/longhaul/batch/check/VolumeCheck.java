package dev.longhaul.batch.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.backupstore.image.TimeLimit;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.volume.VolumePath;

/**
 * Runs checks on the files of one volume.
 */
final class VolumeCheck {

	private static final String COPY = "database";

	/**
	 * What SQLite finds beside a database and applies: its write-ahead log, or the pages
	 * a transaction that was never committed has overwritten. The index of the log is
	 * made anew.
	 */
	private static final List<String> LOGS = List.of("-wal", "-journal");

	private final Ext4Image image;

	private final Scratch.Room room;

	private final TimeLimit limit;

	private int copies;

	VolumeCheck(Ext4Image image, Scratch.Room room, TimeLimit limit) {
		this.image = image;
		this.room = room;
		this.limit = limit;
	}

	/**
	 * @param what is checked, for people
	 * @throws dev.longhaul.core.failure.LonghaulException if the check cannot be run
	 */
	CheckResult run(Check check, String what) throws IOException {
		if (check instanceof Check.SqliteIntegrity sqlite) {
			return sqlite(sqlite, what);
		}
		return present((Check.FilePresent) check, what);
	}

	private CheckResult present(Check.FilePresent check, String what) throws IOException {
		Ext4Image.Found found = image.find(check.path());
		if (found instanceof Ext4Image.Found.Absent) {
			return failed(what, "is not there");
		}
		return isEmpty(regular(found)) ? failed(what, "is empty") : passed(what);
	}

	private CheckResult sqlite(Check.SqliteIntegrity check, String what) throws IOException {
		Ext4Image.Found found = image.find(check.path());
		if (found instanceof Ext4Image.Found.Absent) {
			if (check.location() == Check.Location.USUAL) {
				throw Impossible.because("it does not lie at the top of the volume",
						"say under 'checks' where it lies");
			}
			return failed(what, "is not there");
		}
		Ext4Image.Found.RegularFile file = regular(found);
		if (isEmpty(file)) {
			return failed(what, "is empty");
		}
		String name = COPY + ++copies;
		Path database = take(file, check.path(), name);
		for (String suffix : LOGS) {
			if (image.find(check.path().beside(suffix)) instanceof Ext4Image.Found.RegularFile log) {
				take(log, check.path().beside(suffix), name + suffix);
			}
		}
		List<String> faults = new SqliteDatabase(database, limit).faults();
		return faults.isEmpty() ? passed(what) : failed(what, String.join("; ", faults));
	}

	private Path take(Ext4Image.Found.RegularFile file, VolumePath path, String name) throws IOException {
		room.take(file.size(), "'%s'".formatted(path));
		return image.take(file, name);
	}

	private static Ext4Image.Found.RegularFile regular(Ext4Image.Found found) {
		if (found instanceof Ext4Image.Found.OtherThanFile other) {
			throw Impossible.because("'%s' is a %s, which is not followed".formatted(other.where(), other.type()),
					"name a file by its own path under 'checks'");
		}
		return (Ext4Image.Found.RegularFile) found;
	}

	private static boolean isEmpty(Ext4Image.Found.RegularFile file) {
		return file.size().bytes() == 0;
	}

	private CheckResult passed(String what) {
		return new CheckResult.Passed(what, limit.clock().instant());
	}

	private CheckResult failed(String what, String finding) {
		return new CheckResult.Failed(what, limit.clock().instant(), finding);
	}

}
