package dev.longhaul.cli.progress;

import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.cli.terminal.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an image is, where somebody looks.
 */
public final class ExportProgress implements ExportListener, AutoCloseable {

	private final Surroundings surroundings;

	private final String label;

	private volatile @Nullable ProgressLine line;

	/**
	 * @param label what is being exported
	 */
	public ExportProgress(Surroundings surroundings, String label) {
		this.surroundings = surroundings;
		this.label = label;
	}

	@Override
	public void planned(long blocks) {
		if (surroundings.terminal().errors()) {
			ProgressLine opened = ProgressLine.open(surroundings, label);
			opened.expect(blocks);
			line = opened;
		}
	}

	@Override
	public void blockWritten(long storedBytes) {
		ProgressLine running = line;
		if (running != null) {
			running.blockDone(storedBytes);
		}
	}

	@Override
	public void close() {
		ProgressLine running = line;
		if (running != null) {
			running.close();
		}
	}

}
