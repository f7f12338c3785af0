package dev.longhaul.gitops.definition;

import java.util.Locale;

/**
 * A name of ours made of one that somebody else gave: theirs may be longer, and have dots
 * and underscores.
 */
public final class DerivedName {

	/** As names of applications and jobs have it. */
	private static final int LONGEST = 40;

	private DerivedName() {
	}

	/**
	 * The same for the same arguments.
	 * @param otherwise the name if nothing of theirs can be used
	 * @param attempt from 1; later ones end in it
	 */
	public static String of(String theirs, String otherwise, int attempt) {
		String suffix = (attempt == 1) ? "" : "-" + attempt;
		String valid = theirs.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
		String whole = valid.isEmpty() ? otherwise : valid;
		String cut = whole.substring(0, Math.min(whole.length(), LONGEST - suffix.length()));
		return cut.replaceAll("-$", "") + suffix;
	}

}
