package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;

/**
 * One line for the volume that is being copied.
 */
final class DrawnMirror implements MirrorProgress {

	private final VolumeLine line;

	DrawnMirror(Surroundings surroundings) {
		this.line = new VolumeLine(surroundings);
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
