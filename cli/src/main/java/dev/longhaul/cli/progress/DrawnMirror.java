package dev.longhaul.cli.progress;

import java.io.PrintWriter;

import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;

/**
 * One line for the volume that is being copied.
 */
final class DrawnMirror implements MirrorProgress {

	private final PrintWriter errors;

	private final VolumeLine line;

	DrawnMirror(Surroundings surroundings) {
		this.errors = surroundings.errors();
		this.line = new VolumeLine(surroundings);
	}

	/** No line is drawn yet: a volume waits before its first block. */
	@Override
	public void waiting(VolumeName volume, String what) {
		errors.println("%s: waiting for %s".formatted(volume, what));
	}

	@Override
	public void planned(VolumeName volume, long blocks) {
		line.planned(volume, blocks);
	}

	@Override
	public void blockDone(VolumeName volume, long storedBytes) {
		line.blockDone(storedBytes);
	}

	@Override
	public void volumeDone(MirroredVolume volume) {
		line.close();
	}

	@Override
	public void close() {
		line.close();
	}

}
