package dev.longhaul.core.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.volume.SnapshotName;
import dev.longhaul.core.volume.VolumeName;

/**
 * One scheduled run of a job: a night of backups, or what follows it. The names of
 * everything it makes derive from it, so a trigger that fires twice, or a start after a
 * crash, finds the same objects instead of making new ones.
 *
 * @param scheduledFor when it was due, to the second; not when it really started
 */
public record Night(JobName job, Instant scheduledFor) {

	private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss'z'", Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT)
		.withZone(ZoneOffset.UTC);

	private static final String NO_STAMP = "'%s' is not an instant such as 20261122t023000z";

	public Night {
		scheduledFor = scheduledFor.truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * @param stamp such as {@code 20261122t023000z}
	 * @throws IllegalArgumentException if it is not of that form
	 */
	public static Night of(JobName job, String stamp) {
		try {
			Night night = new Night(job, COMPACT.parse(stamp, Instant::from));
			// A year of more than four digits has no stamp.
			if (night.stamp().equals(stamp)) {
				return night;
			}
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(NO_STAMP.formatted(stamp), ex);
		}
		throw new IllegalArgumentException(NO_STAMP.formatted(stamp));
	}

	/**
	 * @param text {@code nightly@20261122t023000z}
	 * @throws IllegalArgumentException if it is not of that form
	 */
	public static Night parse(String text) {
		int at = text.indexOf('@');
		if (at < 1) {
			throw new IllegalArgumentException("'%s' is not a night such as nightly@20261122t023000z".formatted(text));
		}
		return of(new JobName(text.substring(0, at)), text.substring(at + 1));
	}

	/** {@code 20261122t023000z}: sorts by time, and fits where a colon does not. */
	public String stamp() {
		return COMPACT.format(scheduledFor);
	}

	public SnapshotName snapshotName(ApplicationName application, VolumeName volume) {
		return new SnapshotName(nameFor(application, volume));
	}

	/** The same text as the snapshot's: the two are one thing in two places. */
	public BackupName backupName(ApplicationName application, VolumeName volume) {
		return new BackupName(nameFor(application, volume));
	}

	/**
	 * Readable first, unique last: backup names are shared by all volumes and targets of
	 * a cluster. At most 70 characters.
	 */
	private String nameFor(ApplicationName application, VolumeName volume) {
		String identity = String.join("\n", job.value(), scheduledFor.toString(), application.value(), volume.value());
		return "%s-%s-%s".formatted(job, stamp(), shortHash(identity));
	}

	private static String shortHash(String text) {
		return Sha256.of(text).substring(0, 12);
	}

	/** As it is typed and linked: {@code nightly@20261122t023000z}. */
	public String id() {
		return job + "@" + stamp();
	}

	/** For people: {@code nightly 2026-11-22T02:30:00Z}. */
	@Override
	public String toString() {
		return job + " " + scheduledFor;
	}

}
