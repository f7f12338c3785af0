package dev.longhaul.cli.render;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftKind;
import dev.longhaul.gitops.drift.Finding;

/**
 * What differs from Git, for people.
 */
public final class DriftText {

	private final Style style;

	private final int width;

	/**
	 * @param width of the terminal; 0 if lines may have any length
	 */
	public DriftText(Style style, int width) {
		this.style = style;
		this.width = width;
	}

	public String render(Drift drift) {
		StringBuilder text = new StringBuilder();
		for (DriftKind.Side side : DriftKind.Side.values()) {
			List<Finding> findings = drift.of(side);
			if (!findings.isEmpty()) {
				text.append(style.strong(side.heading())).append('\n');
				findings.forEach(finding -> write(finding, text));
				text.append('\n');
			}
		}
		if (!drift.notLookedAt().isEmpty()) {
			text.append(style.strong("Not looked at")).append('\n');
			drift.notLookedAt()
				.forEach(unseen -> text.append("  %s the %s: %s%n".formatted(style.uncertain("◌"),
						unseen.source().word(), Printable.of(unseen.why()))));
			text.append('\n');
		}
		return text.append(conclusion(drift)).append('\n').toString();
	}

	private void write(Finding finding, StringBuilder text) {
		text.append("  ").append(shape(finding)).append(' ').append(Printable.of(finding.subject()));
		if (finding.position() != null) {
			text.append("   ").append(style.faint(Printable.of(finding.position().toString())));
		}
		text.append('\n').append(Prose.of(finding.fact(), "      ", width));
		text.append('\n').append(Prose.of(finding.reason(), "      ", width)).append('\n');
	}

	private String shape(Finding finding) {
		UnaryOperator<String> paint = (finding.kind().side() == DriftKind.Side.HARMLESS) ? style::good : style::bad;
		return paint.apply((finding.kind().side() == DriftKind.Side.HARMLESS) ? "●" : "✕");
	}

	private String conclusion(Drift drift) {
		int differences = drift.findings().size() - drift.of(DriftKind.Side.HARMLESS).size();
		if (drift.isDrift()) {
			return "%s %s".formatted(style.bad("✕"), Counts.of(differences, "difference"));
		}
		return drift.notLookedAt().isEmpty() ? style.good("●") + " what runs is what Git says"
				: style.uncertain("◌") + " no difference in what was looked at";
	}

}
