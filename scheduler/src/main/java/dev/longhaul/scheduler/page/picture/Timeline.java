package dev.longhaul.scheduler.page.picture;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Restore points in the order of time, newest right; every mark can be reached with the
 * keyboard.
 */
public final class Timeline {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 84;

	private static final double LINE = 34;

	/** So many marks have room beside each other. */
	private static final int PLACES = 96;

	private Timeline() {
	}

	/** What is known of a restore point; the form of its mark says so, too. */
	public enum Form {

		/** It was read back, and something was wrong. */
		DAMAGED("damaged"),

		/** The application was started from it. */
		STARTED("started"),

		/** It was read back in full. */
		PROVEN("proven"),

		/** It is there, and nothing more is known. */
		TAKEN("taken");

		private final String word;

		Form(String word) {
			this.word = word;
		}

		public String word() {
			return word;
		}

	}

	/** What retention is about to do with a restore point. */
	public enum Fate {

		KEPT, REMOVED_NEXT

	}

	/**
	 * @param href where its copies and proofs are shown
	 * @param label for people
	 */
	public record Mark(Instant at, Form form, Fate fate, String href, String label) {
	}

	/**
	 * Where marks would lie upon each other, one stands for all: a damaged one if there
	 * is any, otherwise the best.
	 */
	public static Picture of(String label, List<Mark> marks, ZoneId zone) {
		Svg svg = Svg.group("timeline", WIDTH, HEIGHT, label);
		svg.open("defs")
			.open("pattern", "id", "hatched", "width", "6", "height", "6", "patternUnits", "userSpaceOnUse",
					"patternTransform", "rotate(45)")
			.line("hatch", 0, 0, 0, 6)
			.close()
			.close();
		if (!marks.isEmpty()) {
			draw(svg, marks, zone);
		}
		return svg.picture();
	}

	private static void draw(Svg svg, List<Mark> marks, ZoneId zone) {
		Comparator<Mark> byTime = Comparator.comparing(Mark::at);
		Instant first = marks.stream().min(byTime).orElseThrow().at();
		Instant last = marks.stream().max(byTime).orElseThrow().at();
		TimeAxis axis = new TimeAxis(first, last, zone, 14, WIDTH - 14.0);
		axis.draw(svg, 8, HEIGHT - 24.0);
		svg.line("axis", 4, LINE, WIDTH - 4.0, LINE);
		for (Shown shown : shown(marks, axis)) {
			draw(svg, shown, axis.at(shown.mark().at()));
		}
	}

	private static List<Shown> shown(List<Mark> marks, TimeAxis axis) {
		Map<Integer, Shown> places = new TreeMap<>();
		for (Mark mark : marks) {
			int place = (int) (axis.at(mark.at()) / WIDTH * PLACES);
			places.merge(place, new Shown(mark, 1), Shown::or);
		}
		return List.copyOf(places.values());
	}

	private static void draw(Svg svg, Shown shown, double x) {
		Mark mark = shown.mark();
		String label = mark.label() + ((shown.of() > 1) ? ", and %d more".formatted(shown.of() - 1) : "");
		svg.open("a", "href", mark.href(), "class", "mark " + mark.form().word(), "aria-label", label);
		svg.words("title", label);
		svg.rect("reach", x - 4, 10, 8, 46);
		if (mark.fate() == Fate.REMOVED_NEXT) {
			svg.empty("rect", "class", "removed", "x", Svg.number(x - 4), "y", "10", "width", "8", "height", "46",
					"fill", "url(#hatched)");
		}
		drawForm(svg, mark.form(), x);
		svg.close();
	}

	private static void drawForm(Svg svg, Form form, double x) {
		if (form == Form.DAMAGED) {
			svg.line("cross", x - 4, LINE - 4, x + 4, LINE + 4);
			svg.line("cross", x - 4, LINE + 4, x + 4, LINE - 4);
			return;
		}
		svg.empty("circle", "class", "dot", "cx", Svg.number(x), "cy", Svg.number(LINE), "r", "3.4");
		if (form == Form.STARTED) {
			svg.empty("path", "class", "flag", "d",
					"M%s,%sL%s,%sL%s,%sZ".formatted(Svg.number(x - 3.5), Svg.number(LINE - 20), Svg.number(x + 4.5),
							Svg.number(LINE - 15), Svg.number(x - 3.5), Svg.number(LINE - 10)));
		}
	}

	private record Shown(Mark mark, int of) {

		Shown or(Shown other) {
			boolean better = other.mark.form().compareTo(mark.form()) < 0;
			boolean newer = other.mark.form() == mark.form() && other.mark.at().isAfter(mark.at());
			return new Shown((better || newer) ? other.mark : mark, of + other.of);
		}

	}

}
