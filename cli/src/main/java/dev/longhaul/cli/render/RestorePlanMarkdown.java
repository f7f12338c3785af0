package dev.longhaul.cli.render;

import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.longhaul.restore.choice.Absence;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;

/**
 * A restore plan as a page for a wiki, or for the folder beside the recovery kit.
 */
public final class RestorePlanMarkdown {

	private RestorePlanMarkdown() {
	}

	public static String render(RestorePlan plan) {
		StringBuilder page = new StringBuilder("# Restore from %s%n%n".formatted(escaped(plan.target())));
		page.append("| | step | what | why |\n| ---: | --- | --- | --- |\n");
		int number = 0;
		for (PlannedStep step : plan.steps()) {
			number++;
			page.append("| %d | %s | %s | %s |%n".formatted(number,
					escaped(step.kind().word() + " " + step.subject()).strip(), escaped(step.what()),
					escaped(step.why())));
		}
		page.append("\n| claim | size | data of | | volume | backup |\n| --- | ---: | --- | --- | --- | --- |\n");
		plan.volumes().forEach(volume -> page.append(row(volume)));
		if (plan.repository() != null) {
			page.append("%nThe %s.%n".formatted(escaped(RestorePlanText.repository(plan.repository()))));
		}
		append(page, "Missing", plan.missing());
		append(page, "Not touched", plan.leftOut());
		plan.remarks().forEach(remark -> page.append("%nNote: %s.%n".formatted(escaped(remark))));
		page.append("%n%s.%n%nPlan `%s`%n".formatted(escaped(RestorePlanText.cost(plan.cost())), plan.hash()));
		return page.toString();
	}

	private static String row(PlannedVolume volume) {
		PlannedClaim claim = volume.claim();
		return "| %s | %s | %s | %s | %s | %s |%n".formatted(
				escaped((claim != null) ? claim.ref().toString() : "no claim"), volume.sizes(),
				volume.createdAt().truncatedTo(ChronoUnit.SECONDS), volume.proven().word(),
				escaped(volume.name().value()), escaped(volume.backup().value()));
	}

	private static void append(StringBuilder page, String heading, List<Absence> absences) {
		if (!absences.isEmpty()) {
			page.append("%n## %s%n%n".formatted(heading));
			absences.forEach(
					absence -> page.append("- %s: %s%n".formatted(escaped(absence.subject()), escaped(absence.why()))));
		}
	}

	private static String escaped(String text) {
		return VerdictMarkdown.escaped(text);
	}

}
