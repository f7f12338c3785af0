package dev.longhaul.scheduler.wiring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import tools.jackson.databind.JsonNode;

/**
 * Values for a schema: those it allows, those at its bounds, and those it does not.
 */
final class SchemaValues {

	/** Of elements in a list. */
	private static final int MOST = 4;

	private static final List<Object> STRANGE = List.of("", " ", "\u0000", "null", "../../etc/passwd", "%00", "a\nb",
			"\u202Eevil", "'; DROP TABLE access_token; --", "${jndi:ldap://x}", "<script>", "\uD83D\uDCA3", -1, 0,
			Long.MAX_VALUE, 1.5, true, List.of(), Map.of(), "x".repeat(3000));

	private final ApiDocument document;

	SchemaValues(ApiDocument document) {
		this.document = document;
	}

	/** Of values that may be wrong in every way. */
	Arbitrary<Object> any(JsonNode schema) {
		return Arbitraries.frequencyOf(Tuple.of(5, right(schema)), Tuple.of(2, Arbitraries.of(STRANGE)),
				Tuple.of(1, Arbitraries.strings().ofMaxLength(60).map(text -> text)));
	}

	/** Of values that the schema allows. */
	Arbitrary<Object> right(JsonNode unresolved) {
		JsonNode schema = document.resolved(unresolved);
		if (schema.has("examples")) {
			return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(schema.at("/examples/0").asString())),
					Tuple.of(2, plain(schema)));
		}
		return plain(schema);
	}

	private Arbitrary<Object> plain(JsonNode schema) {
		if (schema.has("enum")) {
			return Arbitraries.of(schema.get("enum").valueStream().map(JsonNode::asString).toList()).map(word -> word);
		}
		return switch (schema.path("type").asString("string")) {
			case "integer" -> Arbitraries.longs()
				.between(schema.path("minimum").asLong(Long.MIN_VALUE), schema.path("maximum").asLong(Long.MAX_VALUE))
				.map(number -> number);
			case "boolean" -> Arbitraries.of(true, false).map(flag -> flag);
			case "array" -> right(schema.get("items")).list().ofMaxSize(MOST).map(list -> list);
			case "object" -> object(schema);
			default -> text(schema);
		};
	}

	private static Arbitrary<Object> text(JsonNode schema) {
		if (schema.path("format").asString("").equals("uuid")) {
			return Arbitraries.longs().map(seed -> new UUID(seed, ~seed).toString());
		}
		StringArbitrary strings = Arbitraries.strings().ofMinLength(schema.path("minLength").asInt(0));
		int longest = Math.min(schema.path("maxLength").asInt(120), 5000);
		if (schema.path("pattern").asString("").startsWith("^[a-z0-9]")) {
			return strings.withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(38).map(text -> text);
		}
		if (schema.has("pattern")) {
			return strings.withCharRange('!', '~').ofMaxLength(longest).map(text -> text);
		}
		return strings.ofMaxLength(longest).map(text -> text);
	}

	/** Sometimes without what it has to have, and sometimes with what nobody knows. */
	private Arbitrary<Object> object(JsonNode schema) {
		return Arbitraries.randomValue(random -> {
			Map<String, Object> object = new LinkedHashMap<>();
			schema.path("properties")
				.properties()
				.forEach(property -> fill(object, property.getKey(), property.getValue(), random));
			if (random.nextInt(10) == 0) {
				object.put("nobody-knows-this", 1);
			}
			return object;
		});
	}

	private void fill(Map<String, Object> object, String name, JsonNode schema, Random random) {
		int dice = random.nextInt(10);
		if (dice > 0) {
			Arbitrary<Object> values = (dice > 3) ? right(schema) : any(schema);
			object.put(name, values.generator(1000, true).next(random).value());
		}
	}

}
