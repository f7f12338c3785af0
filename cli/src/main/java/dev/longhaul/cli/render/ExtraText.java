package dev.longhaul.cli.render;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.backupstore.mirror.RemovedExtra;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.extra.ExtraDecision.Remove;
import dev.longhaul.core.extra.ExtraDecision;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.VolumeName;

/**
 * What only a mirror has, and what went of it, for people.
 */
public final class ExtraText {

	private final Style style;

	private final int width;

	/**
	 * @param width of the terminal; 0 if lines may have any length
	 */
	public ExtraText(Style style, int width) {
		this.style = style;
		this.width = width;
	}

	public String render(ExtraPlan plan) {
		int all = plan.decisions().size();
		int going = plan.removals().size();
		StringBuilder text = new StringBuilder(
				"%s  ->  %s%n".formatted(Printable.of(plan.ends().source()), Printable.of(plan.ends().destination())));
		text.append("%s only in the mirror: %d stay, %d go after %s%n".formatted(Counts.of(all, "backup"), all - going,
				going, plan.period()));
		Map<VolumeName, List<ExtraDecision>> volumes = plan.decisions()
			.stream()
			.collect(Collectors.groupingBy(decision -> decision.backup().volume(), TreeMap::new, Collectors.toList()));
		volumes.forEach((volume, decisions) -> {
			text.append('\n').append(style.strong(volume.value())).append('\n');
			table(decisions).forEach(line -> text.append(line).append('\n'));
		});
		plan.unfinished()
			.stream()
			.sorted()
			.forEach(volume -> text
				.append(style
					.uncertain("%nblocks of %s that no backup names go: a removal was cut before".formatted(volume)))
				.append('\n'));
		return text.append("\nplan ").append(plan.hash()).append('\n').toString();
	}

	private List<String> table(List<ExtraDecision> decisions) {
		Table table = new Table();
		for (ExtraDecision decision : decisions) {
			boolean goes = decision instanceof Remove;
			table.add(Cell.painted(goes ? "goes" : "stays", goes ? style::uncertain : style::good),
					Cell.left(decision.backup().backup().value()), Cell.left(String.join("; ", decision.reasons())));
		}
		return table.lines("  ", width);
	}

	/** One line as soon as a volume is done. */
	public String line(RemovedExtra removed) {
		String gone = removed.backups().isEmpty() ? "no backup"
				: Counts.list(removed.backups().stream().map(BackupName::value).toList());
		String what = "%s   %s; %s, %s".formatted(removed.volume(), gone, Counts.of(removed.blocks().count(), "block"),
				removed.blocks().size());
		return (removed.left() == null) ? "%s removed   %s%n".formatted(style.good("●"), what)
				: "%s removed   %s; the rest stays: %s%n".formatted(style.uncertain("◌"), what,
						Printable.of(removed.left()));
	}

}
