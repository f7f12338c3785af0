package dev.longhaul.cli.progress;

import java.util.function.LongConsumer;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.volume.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * Shows how much of an object has come, where somebody looks.
 */
public final class FetchProgress implements LongConsumer, AutoCloseable {

	private final @Nullable ProgressLine line;

	/**
	 * @param label what is fetched
	 * @param total the size of the object
	 */
	public FetchProgress(Surroundings surroundings, String label, ByteSize total) {
		this.line = surroundings.terminal().errors() ? ProgressLine.ofBytes(surroundings, label, total) : null;
	}

	@Override
	public void accept(long soFar) {
		if (line != null) {
			line.bytesDone(soFar);
		}
	}

	@Override
	public void close() {
		if (line != null) {
			line.close();
		}
	}

}
