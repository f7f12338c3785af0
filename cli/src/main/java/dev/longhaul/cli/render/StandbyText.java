package dev.longhaul.cli.render;

import java.util.List;
import java.util.Optional;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.run.VolumeOutcome;
import dev.longhaul.restore.run.VolumeOutcome.Failed;
import dev.longhaul.restore.run.VolumeOutcome.Skipped;

/**
 * The volumes that stand by in a cluster, for people.
 */
public final class StandbyText {

	private final Style style;

	private final int width;

	public StandbyText(Surroundings surroundings) {
		this.style = surroundings.style();
		this.width = surroundings.terminal().width();
	}

	/**
	 * @param standing all that stand by
	 * @param outcomes of those that were asked for just now; the ones that stand by are
	 * in the other
	 */
	public String render(List<RestoredVolume> standing, List<VolumeOutcome> outcomes) {
		if (standing.isEmpty() && outcomes.isEmpty()) {
			return "No volume stands by.%n".formatted();
		}
		StringBuilder text = new StringBuilder("%s by%n%n".formatted(counted(standing.size())));
		Table table = new Table();
		standing.forEach(volume -> table.add(word(volume), Cell.left(Printable.of(volume.name().value())),
				Cell.right(volume.size().toString()), Cell.left(Printable.of(remark(volume)))));
		for (VolumeOutcome outcome : outcomes) {
			other(outcome).ifPresent(cell -> table.add(cell, Cell.left(outcome.volume().name().value()),
					Cell.right(outcome.volume().sizes()), Cell.left(Printable.of(why(outcome)))));
		}
		return text.append(table.text("  ", width)).toString();
	}

	private static String counted(int volumes) {
		return (volumes == 1) ? "1 volume stands" : "%d volumes stand".formatted(volumes);
	}

	private Cell word(RestoredVolume volume) {
		if (volume.isUpToDate()) {
			return Cell.painted("● follows", style::good);
		}
		return volume.isFailed() ? Cell.painted("✕ failed", style::bad)
				: Cell.painted(volume.isFollowing() ? "◐ behind" : "◌ begins", style::uncertain);
	}

	private static String remark(RestoredVolume volume) {
		if (volume.isFailed()) {
			return volume.failure();
		}
		if (!volume.isFollowing()) {
			return "%d %% of its first backup".formatted(volume.progress());
		}
		return volume.isUpToDate() ? "has " + volume.lastRestored()
				: "has %s, and there is %s".formatted(volume.lastRestored(), volume.newest());
	}

	/** Empty if it stands by. */
	private Optional<Cell> other(VolumeOutcome outcome) {
		if (outcome instanceof Skipped) {
			return Optional.of(Cell.painted("◌ skipped", style::uncertain));
		}
		return (outcome instanceof Failed) ? Optional.of(Cell.painted("✕ failed", style::bad)) : Optional.empty();
	}

	private static String why(VolumeOutcome outcome) {
		if (outcome instanceof Failed failed) {
			return "%s   [%s]   hint: %s".formatted(failed.failure().fact(), failed.failure().code(),
					failed.failure().hint());
		}
		return (outcome instanceof Skipped skipped) ? skipped.why() : "";
	}

}
