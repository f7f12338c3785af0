package dev.longhaul.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.longhaul.core.text.Printable;

/**
 * Rows in columns. Where the terminal is too narrow for them, a row goes on in the next
 * line instead of being cut.
 */
final class Table {

	private static final String GAP = "   ";

	private static final String CONTINUATION = "      ";

	private final List<Row> rows = new ArrayList<>();

	/** One field; colour takes no place. */
	record Cell(String text, Side side, UnaryOperator<String> paint) {

		Cell {
			text = Printable.of(text);
		}

		static Cell left(String text) {
			return new Cell(text, Side.LEFT, UnaryOperator.identity());
		}

		static Cell right(String text) {
			return new Cell(text, Side.RIGHT, UnaryOperator.identity());
		}

		static Cell painted(String text, UnaryOperator<String> paint) {
			return new Cell(text, Side.LEFT, paint);
		}

		private String padded(int width) {
			String padding = " ".repeat(Math.max(0, width - length()));
			return (side == Side.LEFT) ? paint.apply(text) + padding : padding + paint.apply(text);
		}

		private int length() {
			return text.codePointCount(0, text.length());
		}

	}

	/** Where a field stands within its column. */
	enum Side {

		LEFT, RIGHT

	}

	private record Row(List<Cell> cells) {
	}

	void add(Cell... cells) {
		rows.add(new Row(List.of(cells)));
	}

	/**
	 * @param width 0 if lines may have any length
	 */
	List<String> lines(String indent, int width) {
		int[] widths = columnWidths();
		int total = indent.length() - GAP.length();
		for (int column : widths) {
			total += column + GAP.length();
		}
		List<String> lines = new ArrayList<>();
		for (Row row : rows) {
			if (width == 0 || total <= width) {
				lines.add(aligned(row, widths, indent));
			}
			else {
				lines.addAll(flowing(row, indent, width));
			}
		}
		return lines;
	}

	/** Its lines, each with its end. */
	String text(String indent, int width) {
		return lines(indent, width).stream().map(line -> line + "\n").collect(Collectors.joining());
	}

	private int[] columnWidths() {
		int[] widths = new int[rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0)];
		for (Row row : rows) {
			for (int i = 0; i < row.cells().size(); i++) {
				widths[i] = Math.max(widths[i], row.cells().get(i).length());
			}
		}
		return widths;
	}

	private static String aligned(Row row, int[] widths, String indent) {
		StringBuilder line = new StringBuilder(indent);
		for (int i = 0; i < row.cells().size(); i++) {
			line.append((i > 0) ? GAP : "").append(row.cells().get(i).padded(widths[i]));
		}
		return line.toString().stripTrailing();
	}

	private static List<String> flowing(Row row, String indent, int width) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder(indent);
		int length = indent.length();
		boolean first = true;
		for (Cell cell : row.cells()) {
			int needed = cell.length() + (first ? 0 : GAP.length());
			if (!first && length + needed > width) {
				lines.add(line.toString().stripTrailing());
				line = new StringBuilder(indent + CONTINUATION);
				length = indent.length() + CONTINUATION.length();
				first = true;
				needed = cell.length();
			}
			line.append(first ? "" : GAP).append(cell.padded(0));
			length += needed;
			first = false;
		}
		lines.add(line.toString().stripTrailing());
		return lines;
	}

}
