package dev.longhaul.gitops.form;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

	/** Where a file begins. */
	public static Position startOf(String file) {
		return new Position(file, 1, 1);
	}

	/** Where something begins. */
	public static Position of(Node node) {
		return of(node.getStartMark().orElseThrow());
	}

	static Position of(Mark mark) {
		return new Position(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1);
	}

	@Override
	public int compareTo(Position other) {
		int byFile = file.compareTo(other.file);
		if (byFile != 0) {
			return byFile;
		}
		int byLine = Integer.compare(line, other.line);
		return (byLine != 0) ? byLine : Integer.compare(column, other.column);
	}

	/** As compilers and editors write it: {@code jobs/nightly.yaml:7:13}. */
	@Override
	public String toString() {
		return file + ":" + line + ":" + column;
	}

}
