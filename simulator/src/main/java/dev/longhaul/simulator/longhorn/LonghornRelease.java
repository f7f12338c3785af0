package dev.longhaul.simulator.longhorn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Longhorn is played, where versions differ.
 */
public record LonghornRelease(int major, int minor, int patch) {

	private static final Pattern FORM = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)");

	/**
	 * @param version such as {@code v1.9.1}
	 * @throws IllegalArgumentException if it is not played: before 1.6 or after 1.12
	 */
	public static LonghornRelease parse(String version) {
		Matcher form = FORM.matcher(version);
		if (!form.matches()) {
			throw new IllegalArgumentException("'" + version + "' is not a version of Longhorn; write v1.9.1");
		}
		LonghornRelease release = new LonghornRelease(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)),
				Integer.parseInt(form.group(3)));
		if (!release.isAtLeast(1, 6, 0) || release.isAtLeast(1, 13, 0)) {
			throw new IllegalArgumentException("Longhorn " + release + " is not simulated; 1.6 to 1.12 are");
		}
		return release;
	}

	boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
		if (major != otherMajor) {
			return major > otherMajor;
		}
		return (minor != otherMinor) ? minor > otherMinor : patch >= otherPatch;
	}

	/** Before 1.8 there is one target, and settings describe it. */
	boolean hasSeveralTargets() {
		return isAtLeast(1, 8, 0);
	}

	boolean hasBackupModes() {
		return isAtLeast(1, 7, 0);
	}

	/** Since 1.10 blocks may be of 16 MiB, and some settings are JSON. */
	boolean hasBlockSizes() {
		return isAtLeast(1, 10, 0);
	}

	/** Since 1.10 the admission check fills in and checks what a backup names. */
	boolean completesBackups() {
		return isAtLeast(1, 10, 0);
	}

	/** Since 1.9.2 a backup to an unavailable target is refused. */
	boolean checksTargetOfBackups() {
		return isAtLeast(1, 9, 2);
	}

	boolean hasRequestedTime() {
		return isAtLeast(1, 12, 0);
	}

	/** As Longhorn names itself: {@code v1.9.1}. */
	@Override
	public String toString() {
		return "v" + major + "." + minor + "." + patch;
	}

}
