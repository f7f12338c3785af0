package dev.longhaul.longhorn.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Longhorn's version, as far as its behaviour depends on it. A text that names no
 * release, such as a development build's, counts as newer than every release.
 */
record LonghornVersion(int major, int minor) {

	private static final Pattern RELEASE = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

	private static final LonghornVersion UNRELEASED = new LonghornVersion(Integer.MAX_VALUE, 0);

	static LonghornVersion parse(String text) {
		Matcher release = RELEASE.matcher(text);
		return release.matches()
				? new LonghornVersion(Integer.parseInt(release.group(1)), Integer.parseInt(release.group(2)))
				: UNRELEASED;
	}

	/** Since 1.7 a backup names its mode. */
	boolean knowsBackupMode() {
		return isAtLeast(1, 7);
	}

	/** Since 1.8 there may be several backup targets. */
	boolean knowsSeveralTargets() {
		return isAtLeast(1, 8);
	}

	private boolean isAtLeast(int wantedMajor, int wantedMinor) {
		return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
	}

}
