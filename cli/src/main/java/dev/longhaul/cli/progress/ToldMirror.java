package dev.longhaul.cli.progress;

import java.io.PrintWriter;

import dev.longhaul.backupstore.mirror.MirroredBackup.State;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.core.volume.VolumeName;

/**
 * One plain line for each volume that is done, for logs.
 */
final class ToldMirror implements MirrorProgress {

	private final PrintWriter errors;

	ToldMirror(PrintWriter errors) {
		this.errors = errors;
	}

	@Override
	public void waiting(VolumeName volume, String what) {
		errors.println("%s: waiting for %s".formatted(volume, what));
	}

	@Override
	public void volumeDone(MirroredVolume volume) {
		if (volume.skipped() != null) {
			errors.println("%s: skipped, %s".formatted(volume.name(), volume.skipped()));
			return;
		}
		errors.println("%s: %d of %d backups copied, %d were there; %d blocks copied, %s".formatted(volume.name(),
				volume.count(State.COPIED), volume.backups().size(), volume.count(State.HELD), volume.copied().count(),
				volume.copied().size()));
	}

}
