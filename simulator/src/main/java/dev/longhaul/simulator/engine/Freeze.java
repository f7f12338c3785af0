package dev.longhaul.simulator.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Holds whoever writes to a volume's files while a snapshot of them begins, so that it is
 * of one moment, as that of a block device is.
 */
@FunctionalInterface
public interface Freeze {

	/** Holds nobody: for volumes that nothing writes to meanwhile. */
	Freeze NONE = (files, reading) -> reading.read();

	/**
	 * Holds the writers of a volume while its files are read, and then lets them go,
	 * however the reading ends.
	 * @param files the directory that is the volume's filesystem
	 * @throws dev.longhaul.core.failure.TransientFailure if they cannot be held
	 */
	void during(Path files, Reading reading) throws IOException;

	/** Reads the files. */
	@FunctionalInterface
	interface Reading {

		void read() throws IOException;

	}

}
