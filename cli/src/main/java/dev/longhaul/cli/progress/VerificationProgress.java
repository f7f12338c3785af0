package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.verify.VerificationListener;
import dev.longhaul.backupstore.verify.VolumeReport;
import dev.longhaul.cli.terminal.Surroundings;

/**
 * Shows how far reading back is: a line per running volume where somebody looks, else a
 * line per finished one.
 */
public interface VerificationProgress extends VerificationListener, AutoCloseable {

	/** Shows it as fits the terminal. */
	static VerificationProgress of(Surroundings surroundings) {
		return surroundings.terminal().errors() ? new DrawnVerification(surroundings)
				: new ToldVerification(surroundings.errors());
	}

	/** Shows nothing. */
	static VerificationProgress none() {
		return new VerificationProgress() {
		};
	}

	@Override
	default void volumeDone(VolumeReport report) {
	}

	@Override
	default void close() {
	}

}
