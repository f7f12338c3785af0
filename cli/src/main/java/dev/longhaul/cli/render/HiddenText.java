package dev.longhaul.cli.render;

import java.util.List;

import dev.longhaul.backupstore.hidden.HiddenPlan;
import dev.longhaul.backupstore.hidden.HiddenReason;
import dev.longhaul.backupstore.hidden.HiddenRemoval;
import dev.longhaul.backupstore.hidden.HiddenVolume;
import dev.longhaul.backupstore.mirror.Load;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.text.Printable;

/**
 * What is hidden in a bucket, and what became of it, for people.
 */
public final class HiddenText {

	private final Style style;

	public HiddenText(Style style) {
		this.style = style;
	}

	public String render(HiddenPlan plan) {
		StringBuilder text = new StringBuilder("%s   hidden before %s: %s%n".formatted(Printable.of(plan.target()),
				plan.hiddenBefore(), loadOf(plan.goes()) + " to go"));
		plan.volumes().stream().filter(volume -> !volume.loads().isEmpty()).forEach(volume -> append(text, volume));
		return text.append("\nplan ").append(plan.hash()).append('\n').toString();
	}

	private void append(StringBuilder text, HiddenVolume volume) {
		text.append("\n%s   %s to go, %s to stay%n".formatted(style.strong(volume.volume().value()),
				loadOf(volume.goes()), loadOf(volume.stays())));
		Table table = new Table();
		volume.loads()
			.forEach((reason, load) -> table.add(word(reason), Table.Cell.right(Long.toString(load.count())),
					Table.Cell.right(load.size().toString()), Table.Cell.left(reason.thing())));
		table.lines("  ", 0).forEach(line -> text.append(line).append('\n'));
		appendRescues(text, volume);
	}

	private Table.Cell word(HiddenReason reason) {
		return Table.Cell.painted(reason.goes() ? "goes" : "stays", reason.goes() ? style::uncertain : style::good);
	}

	private void appendRescues(StringBuilder text, HiddenVolume volume) {
		volume.rescues()
			.forEach(rescue -> text.append("  %s   %s needs %s, hidden since %s; deleting its mark %s brings it back%n"
				.formatted(style.bad("damage"), Counts.list(rescue.neededBy().stream().map(BackupName::value).toList()),
						Printable.of(rescue.version().key()), rescue.hiddenAt(),
						Printable.of(rescue.mark().version()))));
	}

	/** One volume as soon as it is done. */
	public String line(HiddenRemoval removal) {
		String what = removal.volume() + "   " + loadOf(removal.removed());
		StringBuilder text = new StringBuilder(removal.isComplete() ? style.good("●") + " deleted   " + what
				: "%s deleted   %s of %s".formatted(style.bad("✕"), what, loadOf(removal.planned())));
		String left = removal.left();
		text.append((left != null) ? "   " + left : "").append('\n');
		removal.refusals()
			.forEach(refusal -> text
				.append("  not deleted   %s version %s   %s%n".formatted(Printable.of(refusal.id().key()),
						Printable.of(refusal.id().version()), Printable.of(refusal.reason()))));
		long untold = removal.refused() - removal.refusals().size();
		return text.append((untold > 0) ? "  not deleted   %d more%n".formatted(untold) : "").toString();
	}

	/** What is left to say when all is over. */
	public String summary(HiddenPlan plan, List<HiddenRemoval> removals) {
		Load removed = removals.stream().map(HiddenRemoval::removed).reduce(Load.NONE, Load::plus);
		StringBuilder text = new StringBuilder(
				"%s of %s gone for good%n".formatted(loadOf(removed), loadOf(plan.goes())));
		plan.volumes().forEach(volume -> appendRescues(text, volume));
		return text.toString();
	}

	private static String loadOf(Load load) {
		return Counts.of(load.count(), "version") + " (" + load.size() + ")";
	}

}
