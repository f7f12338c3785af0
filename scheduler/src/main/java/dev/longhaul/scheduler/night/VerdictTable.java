package dev.longhaul.scheduler.night;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;

/**
 * The five clauses per application, and why those that do not hold do not.
 */
final class VerdictTable {

	private final Wording wording;

	VerdictTable(Wording wording) {
		this.wording = wording;
	}

	List<String> lines(RunProof proof, Instant now) {
		List<ApplicationProof> applications = proof.applications();
		List<String> names = column("", applications, application -> application.application().value());
		List<String> symbols = column(digits(), applications, VerdictTable::symbols);
		List<String> times = column("newest proven", applications, application -> newestProven(application, now));
		List<String> rpos = column("RPO", applications, application -> rpo(application, now));
		List<String> lines = new ArrayList<>();
		List<String> above = List.of();
		for (int row = 0; row <= applications.size(); row++) {
			String left = String.join("   ", names.get(row), symbols.get(row), times.get(row), rpos.get(row));
			List<String> reasons = (row == 0) ? List.of("why not") : reasons(applications.get(row - 1));
			addRow(lines, left, (!reasons.isEmpty() && reasons.equals(above)) ? List.of("\"") : reasons);
			above = reasons;
		}
		return lines;
	}

	/** The heading and a cell per application, all of one width. */
	private static List<String> column(String heading, List<ApplicationProof> applications,
			Function<ApplicationProof, String> cell) {
		List<String> cells = new ArrayList<>(List.of(heading));
		applications.stream().map(cell).forEach(cells::add);
		int width = cells.stream().mapToInt(String::length).max().orElse(0);
		return cells.stream().map(text -> text + " ".repeat(width - text.length())).toList();
	}

	private static String digits() {
		return Arrays.stream(Clause.values()).map(Clause::digit).collect(Collectors.joining("  "));
	}

	private static String symbols(ApplicationProof application) {
		return application.verdict()
			.judgements()
			.stream()
			.map(judgement -> judgement.answer().symbol())
			.collect(Collectors.joining("  "));
	}

	private static List<String> reasons(ApplicationProof application) {
		return application.verdict().open().stream().map(Judgement::evidence).toList();
	}

	private String newestProven(ApplicationProof application, Instant now) {
		Instant newest = application.newestProven();
		return (newest != null) ? wording.ago(newest, now) : "never";
	}

	private static String rpo(ApplicationProof application, Instant now) {
		Instant newest = application.newestProven();
		return (newest != null) ? Spans.coarse(Duration.between(newest, now)) : "–";
	}

	/** One reason per line, under each other. */
	private static void addRow(List<String> lines, String left, List<String> reasons) {
		String margin = " ".repeat(left.length());
		for (int i = 0; i < Math.max(1, reasons.size()); i++) {
			String reason = reasons.isEmpty() ? "" : reasons.get(i);
			lines.add((((i == 0) ? left : margin) + "   " + reason).stripTrailing());
		}
	}

}
