package dev.longhaul.simulator.demo;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The problems in a document that {@code longhaul verify --output json} printed.
 */
record FoundProblems(List<Found> problems) {

	private static final JsonFactory FACTORY = new JsonFactory();

	FoundProblems {
		problems = List.copyOf(problems);
	}

	static FoundProblems read(String document) {
		List<String> kinds = new ArrayList<>();
		List<String> keys = new ArrayList<>();
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
			while (parser.nextToken() != null) {
				if (parser.currentToken() == JsonToken.VALUE_STRING) {
					collect(parser, kinds, keys);
				}
			}
		}
		List<Found> problems = new ArrayList<>();
		for (int i = 0; i < kinds.size(); i++) {
			problems.add(new Found(kinds.get(i), keys.get(i)));
		}
		return new FoundProblems(problems);
	}

	private static void collect(JsonParser parser, List<String> kinds, List<String> keys) {
		if ("kind".equals(parser.currentName())) {
			kinds.add(parser.getString());
		}
		else if ("key".equals(parser.currentName())) {
			keys.add(parser.getString());
		}
	}

	/** Whether a flipped bit was found, and nothing else. */
	boolean areOnly(FlippedBit bit) {
		return problems.equals(List.of(new Found("checksum-mismatch", bit.key())));
	}

	/** One of them. */
	record Found(String kind, String key) {
	}

}
