package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;

/**
 * One line for the volume that is being read.
 */
final class DrawnVerification implements VerificationProgress {

	private final VolumeLine line;

	DrawnVerification(Surroundings surroundings) {
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
	public void volumeDone(VolumeReport report) {
		line.close();
	}

	@Override
	public void close() {
		line.close();
	}

}
