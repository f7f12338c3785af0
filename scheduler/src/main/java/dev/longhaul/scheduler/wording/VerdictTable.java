package dev.longhaul.scheduler.wording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.ApplicationRecord.Judged;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The five clauses per application, and why those that do not hold do not.
 */
public final class VerdictTable {

	/** A heading. */
	public static final String NEWEST_PROVEN = "newest proven";

	/** A heading. */
	public static final String RPO = "RPO";

	/** A heading. */
	public static final String WHY_NOT = "why not";

	private final Wording wording;

	public VerdictTable(Wording wording) {
		this.wording = wording;
	}

	/** The heading, and a line or more for every application. */
	public List<String> lines(List<Row> applications, Instant now) {
		List<String> names = column("", applications, row -> row.application().value());
		List<String> symbols = column(digits(), applications, row -> String.join("  ", row.symbols()));
		List<String> times = column(NEWEST_PROVEN, applications, row -> newestProven(row, now));
		List<String> rpos = column(RPO, applications, row -> rpo(row, now));
		List<String> lines = new ArrayList<>();
		List<String> above = List.of();
		for (int row = 0; row <= applications.size(); row++) {
			String left = String.join("   ", names.get(row), symbols.get(row), times.get(row), rpos.get(row));
			List<String> reasons = (row == 0) ? List.of(WHY_NOT) : applications.get(row - 1).reasons();
			addRow(lines, left, (!reasons.isEmpty() && reasons.equals(above)) ? List.of("\"") : reasons);
			above = reasons;
		}
		return lines;
	}

	/** The heading and a cell per application, all of one width. */
	private static List<String> column(String heading, List<Row> applications, Function<Row, String> cell) {
		List<String> cells = new ArrayList<>(List.of(heading));
		applications.stream().map(cell).forEach(cells::add);
		int width = cells.stream().mapToInt(String::length).max().orElse(0);
		return cells.stream().map(text -> text + " ".repeat(width - text.length())).toList();
	}

	private static String digits() {
		return Arrays.stream(Clause.values()).map(Clause::digit).collect(Collectors.joining("  "));
	}

	/** When its newest proven restore point was taken. */
	public String newestProven(Row row, Instant now) {
		Instant newest = row.newestProven();
		return (newest != null) ? wording.ago(newest, now) : "never";
	}

	/** What would be lost now. */
	public static String rpo(Row row, Instant now) {
		Instant newest = row.newestProven();
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

	/**
	 * What is shown of an application.
	 *
	 * @param verdict null if it was never judged
	 * @param newestProven null if none is known
	 */
	public record Row(ApplicationName application, @Nullable Verdict verdict, @Nullable Instant newestProven) {

		/** Of every application of a night. */
		public static List<Row> of(RunProof proof) {
			return proof.applications()
				.stream()
				.map(application -> new Row(application.application(), application.verdict(),
						application.newestProven()))
				.toList();
		}

		/**
		 * @param judged null if it was never judged
		 */
		public static Row of(ApplicationName application, @Nullable Judged judged, @Nullable Instant newestProven) {
			return new Row(application, (judged != null) ? judged.verdict() : null, newestProven);
		}

		/** Unknown if it was never judged. */
		public Answer overall() {
			return (verdict != null) ? verdict.overall() : Answer.UNKNOWN;
		}

		/** One shape per clause. */
		public List<String> symbols() {
			return answers().values().stream().map(Answer::symbol).toList();
		}

		/** Of every clause, in their order. */
		public Map<Clause, Answer> answers() {
			Map<Clause, Answer> answers = new EnumMap<>(Clause.class);
			for (Clause clause : Clause.values()) {
				answers.put(clause, answer(clause));
			}
			return answers;
		}

		private Answer answer(Clause clause) {
			return (verdict != null) ? verdict.on(clause).answer() : Answer.UNKNOWN;
		}

		/** Why what does not hold does not, what fails first. */
		public List<String> reasons() {
			return (verdict != null) ? verdict.open().stream().map(Judgement::evidence).toList()
					: List.of("never judged");
		}

	}

}
