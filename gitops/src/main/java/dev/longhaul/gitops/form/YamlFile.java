package dev.longhaul.gitops.form;

import java.util.ArrayList;
import java.util.List;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of one YAML file as a tree that knows where everything stands.
 */
public final class YamlFile {

	private static final int DEEPEST = 50;

	/** What decoding puts in the place of bytes that are no text. */
	private static final char UNDECODABLE = '\uFFFD';

	private YamlFile() {
	}

	/**
	 * The documents of a file, in its order; those before a mistake in the syntax, which
	 * the reading has then.
	 */
	public static List<Node> documents(String file, String text, Reading reading) {
		List<Node> documents = new ArrayList<>();
		int undecodable = text.indexOf(UNDECODABLE);
		if (undecodable >= 0) {
			int line = 1 + (int) text.chars().limit(undecodable).filter(c -> c == '\n').count();
			reading.refuse(new Position(file, line, 1), "this is no text in UTF-8", "save the file in UTF-8");
			return documents;
		}
		LoadSettings settings = LoadSettings.builder().setLabel(file).build();
		try {
			requireShallow(new Parse(settings).parseString(text));
			new Compose(settings).composeAllFromString(text).forEach(documents::add);
		}
		catch (MarkedYamlEngineException ex) {
			Position position = ex.getProblemMark().map(Position::of).orElseGet(() -> Position.startOf(file));
			reading.refuse(position, "this is no YAML: " + ex.getProblem(), "correct the syntax");
		}
		catch (YamlEngineException ex) {
			reading.refuse(Position.startOf(file), "this cannot be read as YAML: " + firstLine(ex),
					"expected text in UTF-8");
		}
		return documents;
	}

	/** What makes a tree of the text calls itself once per level. */
	private static void requireShallow(Iterable<Event> events) {
		int depth = 0;
		for (Event event : events) {
			depth += (event instanceof CollectionStartEvent) ? 1 : 0;
			depth -= (event instanceof CollectionEndEvent) ? 1 : 0;
			if (depth > DEEPEST) {
				throw new ParserException("more than " + DEEPEST + " levels deep", event.getStartMark());
			}
		}
	}

	/** The text at a key of a document; empty if there is none. */
	public static String textAt(Node document, String key) {
		if (document instanceof MappingNode mapping) {
			return mapping.getValue()
				.stream()
				.filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
				.map(tuple -> (tuple.getValueNode() instanceof ScalarNode value) ? value.getValue() : "")
				.findFirst()
				.orElse("");
		}
		return "";
	}

	private static String firstLine(YamlEngineException failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
	}

}
