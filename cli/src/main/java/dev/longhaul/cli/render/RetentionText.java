package dev.longhaul.cli.render;

import java.util.List;

import dev.longhaul.cli.render.PlannedRetention.Planned;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.retention.Decision;
import dev.longhaul.core.retention.Decision.Remove;
import dev.longhaul.core.retention.RetentionPlan;
import dev.longhaul.core.text.Printable;

/**
 * What stays and what would go, for people.
 */
public final class RetentionText {

	private final Style style;

	private final int width;

	/**
	 * @param width of the terminal; 0 if lines may have any length
	 */
	public RetentionText(Style style, int width) {
		this.style = style;
		this.width = width;
	}

	public String render(PlannedRetention planned) {
		StringBuilder text = new StringBuilder();
		text.append("%s   %s%n".formatted(Printable.of(planned.target()),
				Counts.of(planned.applications().size(), "application")));
		planned.applications().forEach(application -> text.append('\n').append(application(application)));
		planned.refusals()
			.forEach(refusal -> text.append('\n')
				.append(style.bad("not believed: " + Printable.of(refusal.subject() + ": " + refusal.reason())))
				.append('\n'));
		return text.toString();
	}

	private String application(Planned planned) {
		StringBuilder text = new StringBuilder(style.strong(planned.application().value()));
		RetentionPlan plan = planned.plan();
		if (plan == null) {
			return text.append("   ").append(PlannedRetention.KEEPS_ALL).append('\n').toString();
		}
		text.append("   %s   %s: %d stay, %d go%n".formatted(plan.policy(),
				Counts.of(plan.decisions().size(), "restore point"), plan.kept().size(), plan.removals().size()));
		table(plan).forEach(line -> text.append(line).append('\n'));
		planned.pinsBeside()
			.forEach(at -> text.append("  ")
				.append(style.uncertain("the pin of " + at + " pins nothing: no restore point of that night is here"))
				.append('\n'));
		return text.append("  plan ").append(plan.hash()).append('\n').toString();
	}

	private List<String> table(RetentionPlan plan) {
		Table table = new Table();
		for (Decision decision : plan.decisions()) {
			boolean goes = decision instanceof Remove;
			table.add(Cell.painted(goes ? "goes" : "stays", goes ? style::uncertain : style::good),
					Cell.left(decision.point().night().toString()), Cell.left(decision.point().condition().word()),
					Cell.left(decision.inWords()));
		}
		return table.lines("  ", width);
	}

}
