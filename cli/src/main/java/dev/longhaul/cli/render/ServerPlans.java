package dev.longhaul.cli.render;

import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;

/**
 * Retention plans, as a server tells them, for people.
 */
public final class ServerPlans {

	private final Page page;

	private final Style style;

	public ServerPlans(Page page) {
		this.page = page;
		this.style = page.style();
	}

	/** A plan with what it decides of each restore point. */
	public String plan(Fields details) {
		Fields plan = details.object("plan");
		if (plan == null) {
			return "";
		}
		StringBuilder text = new StringBuilder(style.strong(Printable.of(plan.text("application"))));
		long removed = plan.number("removed");
		text.append("   %s   %d stay, %d go%s%n".formatted(Printable.of(plan.text("policy")), plan.number("kept"),
				removed, (removed > 0) ? " (" + Standings.size(plan.number("removedBytes")) + ")" : ""));
		Table table = new Table();
		details.objects("restorePoints").forEach(point -> table.add(row(point)));
		text.append(table.text("  ", page.width()));
		String heldBack = plan.textOrEmpty("heldBack");
		if (!heldBack.isEmpty()) {
			text.append("  ").append(style.uncertain(Printable.of(heldBack))).append('\n');
		}
		plan.texts("pinsBeside")
			.forEach(at -> text.append("  ")
				.append(style.uncertain("the pin of %s pins nothing: no restore point of that night is there"
					.formatted(Printable.of(at))))
				.append('\n'));
		return text.append("  plan ").append(Printable.of(plan.text("hash"))).append('\n').toString();
	}

	private Cell[] row(Fields point) {
		boolean goes = point.text("decision").equals("remove");
		String exports = (goes && !point.texts("exports").isEmpty())
				? "; with it goes what was exported: " + String.join(", ", point.texts("exports")) : "";
		return new Cell[] { Cell.painted(goes ? "goes" : "stays", goes ? style::uncertain : style::good),
				Cell.left(point.text("job") + " " + point.text("scheduledFor")), Cell.left(point.text("condition")),
				Cell.left(String.join("; ", point.texts("reasons")) + exports) };
	}

}
