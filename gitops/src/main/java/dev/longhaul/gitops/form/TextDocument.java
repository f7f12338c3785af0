package dev.longhaul.gitops.form;

import java.util.ArrayList;
import java.util.List;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.jspecify.annotations.Nullable;

/**
 * One document of a file as the text it is, to be changed without touching the rest.
 *
 * @param text the whole file
 * @param root what the document says
 * @param begin where its first value begins, with the blanks before it on its line;
 * comments above it are not part of it
 * @param end where its end is marked, the next document begins, or the file ends
 */
public record TextDocument(String text, Node root, int begin, int end) {

	/**
	 * The documents of a file, in its order; none if there is a mistake, which the
	 * reading has then.
	 */
	public static List<TextDocument> of(String file, String text, Reading reading) {
		int before = reading.count();
		List<Node> roots = YamlFile.documents(file, text, reading);
		if (reading.count() > before) {
			return List.of();
		}
		List<Integer> ends = ends(file, text);
		List<TextDocument> documents = new ArrayList<>();
		for (int i = 0; i < roots.size(); i++) {
			int begin = lineBegin(text, offset(text, start(roots.get(i))));
			documents.add(new TextDocument(text, roots.get(i), begin, ends.get(i)));
		}
		return documents;
	}

	/**
	 * Where the documents end: at their own end marker, at the next one, or with the
	 * file.
	 */
	private static List<Integer> ends(String file, String text) {
		List<Integer> ends = new ArrayList<>();
		boolean open = false;
		for (Event event : new Parse(LoadSettings.builder().setLabel(file).build()).parseString(text)) {
			boolean explicitEnd = event instanceof DocumentEndEvent end && end.isExplicit();
			if (explicitEnd || (event instanceof DocumentStartEvent && open)) {
				ends.add(offset(text, event.getStartMark().orElseThrow()));
			}
			open = event instanceof DocumentStartEvent || (open && !explicitEnd);
		}
		ends.add(text.length());
		return ends;
	}

	private static Mark start(Node node) {
		return node.getStartMark().orElseThrow();
	}

	/** A mark counts code points. */
	private static int offset(String text, Mark mark) {
		return text.offsetByCodePoints(0, mark.getIndex());
	}

	private static int lineBegin(String text, int offset) {
		int begin = offset;
		while (begin > 0 && (text.charAt(begin - 1) == ' ')) {
			begin--;
		}
		return (begin == 0 || text.charAt(begin - 1) == '\n') ? begin : offset;
	}

	/** Its own text, without what is blank at its end. */
	public String body() {
		return text.substring(begin, end).stripTrailing();
	}

	/** The file with another text in the place of this document. */
	public String replacedBy(String body) {
		String old = text.substring(begin, end);
		String blank = old.substring(old.stripTrailing().length());
		String lineBreak = (begin > 0 && text.charAt(begin - 1) != '\n') ? "\n" : "";
		return text.substring(0, begin) + lineBreak + body + blank + text.substring(end);
	}

	/** The text of a value at a path of keys; empty if there is none. */
	public String textAt(String... path) {
		return (at(path) instanceof ScalarNode scalar) ? scalar.getValue() : "";
	}

	/** The value at a path of keys; null if there is none. */
	public @Nullable Node at(String... path) {
		Node node = root;
		for (String key : path) {
			NodeTuple tuple = (node instanceof MappingNode mapping) ? tuple(mapping, key) : null;
			if (tuple == null) {
				return null;
			}
			node = tuple.getValueNode();
		}
		return node;
	}

	/** The key with its value; null if the mapping has none. */
	public static @Nullable NodeTuple tuple(MappingNode mapping, String key) {
		return mapping.getValue()
			.stream()
			.filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
			.findFirst()
			.orElse(null);
	}

	/** Where a node begins in the file. */
	public int beginOf(Node node) {
		return offset(text, start(node));
	}

	/** Where a node that is no block ends in the file. */
	public int endOf(Node node) {
		return offset(text, node.getEndMark().orElseThrow());
	}

	/** Where the line of an offset ends, before its line break. */
	public int lineEnd(int offset) {
		int end = text.indexOf('\n', offset);
		return (end < 0) ? text.length() : end;
	}

}
