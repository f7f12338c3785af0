package dev.longhaul.cli.progress;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * One line for the volume that is being worked on, gone when it is done. Volumes are
 * worked on one after the other.
 */
final class VolumeLine implements AutoCloseable {

	private final Surroundings surroundings;

	private volatile @Nullable ProgressLine line;

	VolumeLine(Surroundings surroundings) {
		this.surroundings = surroundings;
	}

	void planned(VolumeName volume, long blocks) {
		ProgressLine running = line;
		if (running == null) {
			running = ProgressLine.open(surroundings, volume.value());
			line = running;
		}
		running.expect(blocks);
	}

	void blockDone(long storedBytes) {
		ProgressLine running = line;
		if (running != null) {
			running.blockDone(storedBytes);
		}
	}

	/** Removes the line; the next volume gets another one. */
	@Override
	public void close() {
		ProgressLine running = line;
		if (running != null) {
			running.close();
			line = null;
		}
	}

}
