package dev.longhaul.simulator.longhorn;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.longhorn.crd.Setting;
import dev.longhaul.simulator.control.LonghornObjects;

/**
 * Longhorn's settings as they are now in the API.
 */
record LonghornSettings(LonghornObjects objects) {

	/** Since 1.10 a value may hold one per data engine: {@code {"v1":"3","v2":"3"}}. */
	private static final Pattern OF_V1 = Pattern.compile("\\{.*\"v1\"\\s*:\\s*\"([^\"]*)\".*}");

	String text(String name, String unset) {
		return objects.find(Setting.class, name)
			.map(setting -> setting.view().getValue())
			.map(LonghornSettings::ofV1)
			.filter(value -> !value.isEmpty())
			.orElse(unset);
	}

	int number(String name, int unset) {
		return Integer.parseInt(text(name, Integer.toString(unset)));
	}

	boolean isOn(String name) {
		return Boolean.parseBoolean(text(name, "false"));
	}

	/** After that, failed backups are cleared away; zero is never. */
	Duration failedBackupTtl() {
		return Duration.ofMinutes(number("failed-backup-ttl", 1440));
	}

	private static String ofV1(String value) {
		Matcher form = OF_V1.matcher(value);
		return form.matches() ? form.group(1) : value;
	}

}
