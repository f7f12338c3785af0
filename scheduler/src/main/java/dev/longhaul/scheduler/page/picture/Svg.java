package dev.longhaul.scheduler.page.picture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

import dev.longhaul.core.text.Printable;

/**
 * Writes SVG: whatever comes in as a value is escaped, elements are closed in their
 * order.
 */
final class Svg {

	private static final int LONGEST_TEXT = 500;

	private final StringBuilder text = new StringBuilder(1024);

	private final Deque<String> open = new ArrayDeque<>();

	/** A picture that is one thing to who cannot see it: its title, then its figures. */
	static Svg image(String kind, int width, int height, String title, String figures) {
		return image(kind, width, height, "xMidYMid", title, figures);
	}

	/** One that takes whatever width it is given. */
	static Svg stretching(String kind, int width, int height, String title, String figures) {
		return image(kind, width, height, "none", title, figures);
	}

	private static Svg image(String kind, int width, int height, String aspect, String title, String figures) {
		return new Svg()
			.open("svg", "class", "picture " + kind, "viewBox", "0 0 %d %d".formatted(width, height),
					"preserveAspectRatio", aspect, "role", "img")
			.words("title", title)
			.words("desc", figures);
	}

	/** A picture with parts that can be reached one by one. */
	static Svg group(String kind, int width, int height, String label) {
		return new Svg().open("svg", "class", "picture " + kind, "viewBox", "0 0 %d %d".formatted(width, height),
				"role", "group", "aria-label", label);
	}

	/**
	 * @param attributes names and values in turn
	 */
	Svg open(String element, String... attributes) {
		start(element, attributes);
		text.append('>');
		open.push(element);
		return this;
	}

	Svg empty(String element, String... attributes) {
		start(element, attributes);
		text.append("/>");
		return this;
	}

	Svg close() {
		text.append("</").append(open.pop()).append('>');
		return this;
	}

	/** An element with nothing but words in it. */
	Svg words(String element, String words, String... attributes) {
		open(element, attributes);
		text.append(escape(words));
		return close();
	}

	Svg rect(String kind, double x, double y, double width, double height) {
		return empty("rect", "class", kind, "x", number(x), "y", number(y), "width", number(width), "height",
				number(height));
	}

	Svg line(String kind, double x1, double y1, double x2, double y2) {
		return empty("line", "class", kind, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
	}

	Svg label(double x, double y, String anchor, String words) {
		return words("text", words, "class", "label", "x", number(x), "y", number(y), "text-anchor", anchor);
	}

	Picture picture() {
		while (!open.isEmpty()) {
			close();
		}
		return new Picture(text.toString());
	}

	/** With two decimals at most: a picture needs no more, and a page is short. */
	static String number(double value) {
		String exact = String.format(Locale.ROOT, "%.2f", value);
		String bare = exact.replaceAll("0+$", "").replaceAll("\\.$", "");
		return bare.equals("-0") ? "0" : bare;
	}

	static String escape(String words) {
		String bounded = (words.length() > LONGEST_TEXT) ? words.substring(0, LONGEST_TEXT) + "…" : words;
		return Printable.of(bounded)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

	private void start(String element, String... attributes) {
		text.append('<').append(element);
		for (int i = 0; i < attributes.length; i += 2) {
			text.append(' ').append(attributes[i]).append("=\"").append(escapeAttribute(attributes[i + 1])).append('"');
		}
	}

	/** A path is long and made of numbers; only words are cut. */
	private static String escapeAttribute(String value) {
		return (value.length() > LONGEST_TEXT && value.startsWith("M")) ? value.replaceAll("[^0-9MLHVZ., -]", "")
				: escape(value);
	}

}
