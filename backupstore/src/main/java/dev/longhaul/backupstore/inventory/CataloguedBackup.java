package dev.longhaul.backupstore.inventory;

import java.util.Locale;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.core.backup.BackupName;
import org.jspecify.annotations.Nullable;

/**
 * A backup as the head of its manifest describes it. Nothing of its data was read, so
 * nothing is proven.
 *
 * @param header null if it cannot be read
 * @param fault why it cannot be read; empty if it can
 */
public record CataloguedBackup(BackupName name, @Nullable BackupManifest header, String fault) {

	public State state() {
		if (header == null) {
			return State.UNREADABLE;
		}
		return header.isFinished() ? State.FINISHED : State.IN_PROGRESS;
	}

	/** What the head of a manifest says. */
	public enum State {

		FINISHED,

		/** Not finished; whether somebody still works on it is another question. */
		IN_PROGRESS,

		UNREADABLE;

		/** {@code in-progress}. */
		public String word() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
