package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import org.jspecify.annotations.Nullable;

/**
 * How long something takes, as people write it.
 */
final class DurationForm {

	private static final Pattern PATTERN = Pattern.compile("(?=.)(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");

	static final Form<Duration> DURATION = Forms.text("a duration such as 90s, 5m or 1h30m",
			"^(?=.)(\\d+h)?(\\d+m)?(\\d+s)?$", DurationForm::parse);

	private DurationForm() {
	}

	private static Duration parse(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no duration");
		}
		return Duration.ofHours(number(matcher.group(1)))
			.plusMinutes(number(matcher.group(2)))
			.plusSeconds(number(matcher.group(3)));
	}

	private static long number(@Nullable String digits) {
		return (digits != null) ? Long.parseLong(digits) : 0;
	}

}
