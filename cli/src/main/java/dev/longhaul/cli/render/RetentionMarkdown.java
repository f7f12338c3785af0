package dev.longhaul.cli.render;

import java.util.stream.Collectors;

import dev.longhaul.cli.render.PlannedRetention.Planned;
import dev.longhaul.core.retention.Decision;
import dev.longhaul.core.retention.Decision.Remove;
import dev.longhaul.core.retention.RetentionPlan;

/**
 * What stays and what would go, as a page for a wiki or a mail.
 */
public final class RetentionMarkdown {

	private RetentionMarkdown() {
	}

	public static String render(PlannedRetention planned) {
		StringBuilder page = new StringBuilder(
				"# Retention, %s%n".formatted(VerdictMarkdown.escaped(planned.target())));
		planned.applications().forEach(application -> page.append(application(application)));
		planned.refusals()
			.forEach(refusal -> page.append("%n**Not believed:** %s: %s%n"
				.formatted(VerdictMarkdown.escaped(refusal.subject()), VerdictMarkdown.escaped(refusal.reason()))));
		return page.toString();
	}

	private static String application(Planned planned) {
		String heading = "%n## %s%n%n".formatted(planned.application());
		RetentionPlan plan = planned.plan();
		if (plan == null) {
			return heading + PlannedRetention.KEEPS_ALL + "\n";
		}
		String pins = planned.pinsBeside()
			.stream()
			.map(at -> "- the pin of %s pins nothing%n".formatted(at))
			.collect(Collectors.joining());
		return heading
				+ "%s: %d stay, %d go. Plan `%s`%n%n| night | read back | | because |%n|---|---|---|---|%n".formatted(
						VerdictMarkdown.escaped(plan.policy().toString()), plan.kept().size(), plan.removals().size(),
						plan.hash())
				+ plan.decisions().stream().map(RetentionMarkdown::row).collect(Collectors.joining())
				+ (pins.isEmpty() ? "" : "\n" + pins);
	}

	private static String row(Decision decision) {
		return "| %s | %s | %s | %s |%n".formatted(decision.point().night(), decision.point().condition().word(),
				(decision instanceof Remove) ? "goes" : "stays", VerdictMarkdown.escaped(decision.inWords()));
	}

}
