package dev.longhaul.cli.progress;

import java.util.function.LongConsumer;

import dev.longhaul.backupstore.export.ExportListener;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.restore.files.ExportFiles;
import dev.longhaul.restore.files.FilesListener;
import dev.longhaul.restore.files.TreeReport;
import dev.longhaul.restore.files.VolumeOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a restore of files is: a line for what is under way where somebody looks,
 * and one that stays for each step that takes its time.
 */
public final class FilesProgress implements FilesListener, ExportFiles.Progress, AutoCloseable {

	private final Surroundings surroundings;

	private final boolean isSilent;

	private @Nullable ExportProgress fetching;

	private @Nullable ProgressLine copying;

	private long copied;

	private FilesProgress(Surroundings surroundings, boolean isSilent) {
		this.surroundings = surroundings;
		this.isSilent = isSilent;
	}

	/**
	 * @param isSilent shows nothing, to a program
	 */
	public static FilesProgress of(Surroundings surroundings, boolean isSilent) {
		return new FilesProgress(surroundings, isSilent);
	}

	@Override
	public ExportListener fetching(String name) {
		close();
		if (isSilent) {
			return ExportListener.NONE;
		}
		ExportProgress opened = new ExportProgress(surroundings, Printable.of(name));
		fetching = opened;
		return opened;
	}

	@Override
	public void checking(String name) {
		close();
		tell("%s: fetched; its file system is checked".formatted(name));
	}

	@Override
	public void copying(String name, ByteSize size) {
		tell("%s: its files are copied".formatted(name));
		copied = 0;
		copying = drawn(name, size);
	}

	@Override
	public void copied(long bytes) {
		copied += bytes;
		if (copying != null) {
			copying.bytesDone(copied);
		}
	}

	@Override
	public void done(VolumeOutcome outcome) {
		close();
		TreeReport tree = outcome.tree();
		tell("%s: %s%s".formatted(outcome.order().label(), outcome.state().word(),
				(tree != null) ? ", %,d files, %s".formatted(tree.files(), tree.size()) : ""));
	}

	@Override
	public LongConsumer fetching(String label, ByteSize stored) {
		close();
		ProgressLine line = drawn(label, stored);
		copying = line;
		return (line != null) ? line::bytesDone : soFar -> {
		};
	}

	private @Nullable ProgressLine drawn(String label, ByteSize size) {
		boolean isSeen = !isSilent && surroundings.terminal().errors();
		return isSeen ? ProgressLine.ofBytes(surroundings, Printable.of(label), size) : null;
	}

	private void tell(String line) {
		if (!isSilent) {
			surroundings.errors().println(Printable.of(line));
			surroundings.errors().flush();
		}
	}

	/** Removes the line that is under way. */
	@Override
	public void close() {
		if (fetching != null) {
			fetching.close();
			fetching = null;
		}
		if (copying != null) {
			copying.close();
			copying = null;
		}
	}

}
