package dev.longhaul.cli.render;

import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.volume.VolumeName;

/**
 * Commands to copy from a hint into a shell.
 *
 * @param target the URL of the target
 */
record Commands(String target) {

	String export(VolumeName volume, BackupName backup) {
		return "longhaul export %s --volume %s --backup %s --to %s.img".formatted(quoted(target), volume, backup,
				backup);
	}

	/** The text as one word of a shell. */
	static String quoted(String text) {
		return text.matches("[A-Za-z0-9@%+=:,./_-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
	}

}
