package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * One line for the volume that is being read, gone when it is done. Volumes are read one
 * after the other.
 */
final class DrawnVerification implements VerificationProgress {

	private final Surroundings surroundings;

	private volatile @Nullable ProgressLine line;

	DrawnVerification(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	@Override
	public void planned(VolumeName volume, long blocks) {
		ProgressLine running = line;
		if (running == null) {
			running = ProgressLine.open(surroundings, volume.value());
			line = running;
		}
		running.expect(blocks);
	}

	@Override
	public void blockDone(VolumeName volume, long storedBytes) {
		ProgressLine running = line;
		if (running != null) {
			running.blockDone(storedBytes);
		}
	}

	@Override
	public void volumeDone(VolumeReport report) {
		close();
	}

	@Override
	public void close() {
		ProgressLine running = line;
		if (running != null) {
			running.close();
			line = null;
		}
	}

}
