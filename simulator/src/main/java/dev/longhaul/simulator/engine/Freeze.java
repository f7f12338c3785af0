package dev.longhaul.simulator.engine;

import java.io.IOException;

import dev.longhaul.core.volume.VolumeName;

/**
 * Holds whoever writes to a volume's files while a snapshot of them begins, so that it is
 * of one moment, as that of a block device is.
 */
@FunctionalInterface
public interface Freeze {

	/** Holds nobody: for volumes that nothing writes to meanwhile. */
	Freeze NONE = (volume, reading) -> reading.read();

	/** Holds the writers of a volume while its files are read, and then lets them go. */
	void during(VolumeName volume, Reading reading) throws IOException;

	/** Reads the files. */
	@FunctionalInterface
	interface Reading {

		void read() throws IOException;

	}

}
