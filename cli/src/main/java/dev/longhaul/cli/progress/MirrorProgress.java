package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.mirror.MirrorListener;
import dev.longhaul.backupstore.mirror.MirroredVolume;
import dev.longhaul.cli.terminal.Surroundings;

/**
 * Shows how far copying is: a line for the running volume where somebody looks, else a
 * line per finished one.
 */
public interface MirrorProgress extends MirrorListener, AutoCloseable {

	/** Shows it as fits the terminal. */
	static MirrorProgress of(Surroundings surroundings) {
		return surroundings.terminal().errors() ? new DrawnMirror(surroundings) : new ToldMirror(surroundings.errors());
	}

	/** Shows nothing. */
	static MirrorProgress none() {
		return new MirrorProgress() {
		};
	}

	@Override
	default void volumeDone(MirroredVolume volume) {
	}

	@Override
	default void close() {
	}

}
