package dev.longhaul.backupstore.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;

/**
 * Where a document of a night lies: {@code <job>/<stamp>/<file>} below a prefix.
 */
record RunKey(Night night, String file) {

	private static final Pattern KEY = Pattern.compile("([^/]+)/(\\d{8}t\\d{6}z)/([^/]+)");

	/** Empty for a key that is none of ours. */
	static Optional<RunKey> parse(String key, String prefix) {
		Matcher parts = KEY.matcher(key.startsWith(prefix) ? key.substring(prefix.length()) : "");
		if (!parts.matches()) {
			return Optional.empty();
		}
		try {
			Night night = Night.of(new JobName(parts.group(1)), parts.group(2));
			return Optional.of(new RunKey(night, parts.group(3)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
