package dev.longhaul.cli.render;

import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.PointRemoval.Failed;
import dev.longhaul.core.removal.PointRemoval.Left;
import dev.longhaul.core.text.Printable;

/**
 * What became of what was to go, for people.
 */
public final class RemovalText {

	private final Style style;

	public RemovalText(Style style) {
		this.style = style;
	}

	/** One line as soon as it is decided. */
	public String line(PointRemoval removal) {
		String what = removal.point().restorePoint().application() + "   " + removal.point().night();
		if (removal.fate() instanceof Left left) {
			return style.uncertain("◌") + " left alone   " + what + "   " + Printable.of(left.why()) + "\n";
		}
		if (removal.fate() instanceof Failed failed) {
			return "%s not removed   %s   %s   [%s]%n".formatted(style.bad("✕"), what, Printable.of(failed.why()),
					failed.code());
		}
		return style.good("●") + " removed   " + what + "\n";
	}

	/** What is left to say when all is over. */
	public String summary(AppliedRetention applied) {
		StringBuilder text = new StringBuilder();
		applied.applications().forEach(of -> {
			text.append("%s   %d of %s gone%n".formatted(of.plan().application(), of.report().removed(),
					Counts.of(of.report().points().size(), "restore point")));
			of.report()
				.blocksStay()
				.forEach((volume, why) -> text
					.append("  blocks of volume %s that no backup uses may still be there: %s%n".formatted(volume,
							Printable.of(why))));
		});
		return text.toString();
	}

}
