package dev.longhaul.backupstore.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss'z'", Locale.ROOT);

	/** Empty for a key that is none of ours. */
	static Optional<RunKey> parse(String key, String prefix) {
		Matcher parts = KEY.matcher(key.startsWith(prefix) ? key.substring(prefix.length()) : "");
		if (!parts.matches()) {
			return Optional.empty();
		}
		try {
			Instant scheduledFor = LocalDateTime.parse(parts.group(2), STAMP).toInstant(ZoneOffset.UTC);
			return Optional.of(new RunKey(new Night(new JobName(parts.group(1)), scheduledFor), parts.group(3)));
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
