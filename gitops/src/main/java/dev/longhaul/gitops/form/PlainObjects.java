package dev.longhaul.gitops.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Objects of any form in YAML, as {@code kubectl apply} reads them. There may be
 * passwords among them, so a refusal says where something stands and never what.
 */
public final class PlainObjects {

	/** Of values in one document, each counted wherever an alias repeats it. */
	private static final int MOST = 20_000;

	/**
	 * Of YAML 1.1, in which Kubernetes reads: a flag, an octal or hexadecimal number, or
	 * one with underscores. YAML 1.2 has other values there, or leaves them to whoever
	 * reads it.
	 */
	private static final Pattern AMBIGUOUS = Pattern
		.compile("(?i)y|n|yes|no|on|off|[-+]?0[0-9_]+|[-+]?0[ox][0-9a-f_]+|[-+]?[0-9]+_[0-9_]*");

	private int left = MOST;

	private PlainObjects() {
	}

	/**
	 * The objects of a file in its order. Documents with nothing in them are left out,
	 * and so is what is null, as Kubernetes does.
	 * @param file for messages
	 * @throws RefusedRequest if it is no YAML, or what is in it is no object within the
	 * bounds of {@link JsonObject}, or means something else to Kubernetes
	 */
	public static List<JsonObject> read(String file, String text) {
		List<JsonObject> objects = new ArrayList<>();
		for (Node document : documents(file, text)) {
			if (!isNull(document)) {
				objects.add(new PlainObjects().object(document));
			}
		}
		return objects;
	}

	/**
	 * All texts and numbers that a file of values has at any place, to be looked for
	 * where none of them may be.
	 * @throws RefusedRequest if it is no YAML, or not one mapping
	 */
	public static Set<String> texts(String file, String text) {
		List<Node> documents = documents(file, text);
		if (documents.size() > 1 || documents.stream().anyMatch(root -> !isNull(root) && !isMapping(root))) {
			throw refused(Position.startOf(file), "this is not one mapping of names to values");
		}
		Set<String> texts = new TreeSet<>();
		documents.forEach(root -> collect(root, texts, Collections.newSetFromMap(new IdentityHashMap<>())));
		return texts;
	}

	private static void collect(Node node, Set<String> texts, Set<Node> seen) {
		if (!seen.add(node)) {
			return;
		}
		if (node instanceof MappingNode mapping) {
			mapping.getValue().forEach(tuple -> collect(tuple.getValueNode(), texts, seen));
		}
		else if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach(element -> collect(element, texts, seen));
		}
		else if (node instanceof ScalarNode scalar) {
			texts.add(scalar.getValue());
		}
	}

	/** The parser's own words may repeat what it could not read. */
	private static List<Node> documents(String file, String text) {
		Reading reading = new Reading();
		List<Node> documents = YamlFile.documents(file, text, reading);
		if (reading.count() > 0) {
			throw refused(reading.problems().get(0).position(), "this is no YAML");
		}
		return documents;
	}

	private JsonObject object(Node document) {
		if (!(document instanceof MappingNode mapping)) {
			throw refused(document, "this is no object of Kubernetes");
		}
		try {
			return new JsonObject(mapping(mapping, 1));
		}
		catch (IllegalArgumentException ex) {
			throw refused(document, "this is no object that could be kept: " + ex.getMessage());
		}
	}

	private SortedMap<String, Object> mapping(MappingNode mapping, int depth) {
		SortedMap<String, Object> fields = new TreeMap<>();
		Set<String> keys = new HashSet<>();
		for (NodeTuple tuple : mapping.getValue()) {
			if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().equals("<<")) {
				throw refused(tuple.getKeyNode(), "a key is no plain text");
			}
			if (!keys.add(key.getValue())) {
				throw refused(key, "a key is there twice");
			}
			Object value = value(tuple.getValueNode(), depth);
			if (value != null) {
				fields.put(key.getValue(), value);
			}
		}
		return fields;
	}

	private List<Object> sequence(SequenceNode sequence, int depth) {
		List<Object> elements = new ArrayList<>();
		for (Node element : sequence.getValue()) {
			Object value = value(element, depth);
			if (value == null) {
				throw refused(element, "an element of a list is nothing");
			}
			elements.add(value);
		}
		return elements;
	}

	private @Nullable Object value(Node node, int depth) {
		left--;
		if (left < 0 || depth > JsonObject.DEEPEST) {
			throw refused(node, "this is more, or deeper, than an object that people wrote");
		}
		if (node instanceof MappingNode mapping) {
			return mapping(mapping, depth + 1);
		}
		if (node instanceof SequenceNode sequence) {
			return sequence(sequence, depth + 1);
		}
		return scalar((ScalarNode) node);
	}

	private @Nullable Object scalar(ScalarNode scalar) {
		String text = scalar.getValue();
		Tag tag = scalar.getTag();
		if (scalar.getScalarStyle() == ScalarStyle.PLAIN && AMBIGUOUS.matcher(text).matches()) {
			throw refused(scalar, "without quotes this is something else to Kubernetes than to YAML 1.2");
		}
		try {
			if (tag.equals(Tag.NULL)) {
				return null;
			}
			if (tag.equals(Tag.BOOL)) {
				return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
			}
			if (tag.equals(Tag.INT)) {
				return Long.decode(text);
			}
			if (tag.equals(Tag.FLOAT)) {
				return Double.valueOf(text);
			}
		}
		catch (NumberFormatException ex) {
			throw refused(scalar, "this is no number that could be kept");
		}
		if (!tag.equals(Tag.STR)) {
			throw refused(scalar, "this has a tag, which Kubernetes does not know");
		}
		return text;
	}

	private static boolean isMapping(Node node) {
		return node instanceof MappingNode;
	}

	private static boolean isNull(Node node) {
		return node.getTag().equals(Tag.NULL);
	}

	private static RefusedRequest refused(Node node, String fact) {
		return refused(Position.of(node), fact);
	}

	private static RefusedRequest refused(Position position, String fact) {
		return new RefusedRequest(FailureCode.INVALID_USAGE, "%s: %s".formatted(position, fact),
				"correct it there; what stands there is not repeated, because it may be a secret");
	}

}
