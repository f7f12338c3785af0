package dev.longhaul.core.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class JsonObjectTest {

	@Test
	void itsKeysAreSortedAtEveryDepth() {
		Map<String, Object> inner = new LinkedHashMap<>();
		inner.put("z", 1);
		inner.put("a", List.of(true, 1.5, "x"));

		JsonObject object = JsonObject.of(Map.of("spec", inner, "kind", "Thing"));

		assertThat(object.fields()).hasToString("{kind=Thing, spec={a=[true, 1.5, x], z=1}}");
	}

	@Test
	void oneAndTheSameNumberIsEqualHoweverItArrived() {
		assertThat(JsonObject.of(Map.of("n", 3))).isEqualTo(JsonObject.of(Map.of("n", 3L)));
	}

	@Test
	void whatChangesLaterDoesNotChangeIt() {
		List<String> words = new ArrayList<>(List.of("a"));
		JsonObject object = JsonObject.of(Map.of("words", words));

		words.add("b");

		assertThat(object.fields()).hasToString("{words=[a]}");
	}

	@Test
	void anotherValueAtOnePlaceLeavesTheRestAsItWas() {
		JsonObject object = JsonObject.of(Map.of("metadata", Map.of("name", "a", "labels", Map.of("x", "1"))));

		assertThat(object.with("2", "metadata", "labels", "y").fields())
			.hasToString("{metadata={labels={x=1, y=2}, name=a}}");
		assertThat(object.with(3, "metadata", "annotations", "z").fields())
			.hasToString("{metadata={annotations={z=3}, labels={x=1}, name=a}}");
		assertThat(object.with("b", "metadata", "name", "first").fields()).as("in the place of a text")
			.hasToString("{metadata={labels={x=1}, name={first=b}}}");
		assertThat(object.fields()).hasToString("{metadata={labels={x=1}, name=a}}");
	}

	@Test
	void withoutWhatIsAtOnePlace() {
		JsonObject object = JsonObject.of(Map.of("spec", Map.of("a", Map.of("b", 1), "c", "text")));

		assertThat(object.without("spec", "a", "b").fields()).hasToString("{spec={a={}, c=text}}");
		assertThat(object.without("spec", "a").fields()).hasToString("{spec={c=text}}");
		assertThat(object.without("spec", "c", "d")).isEqualTo(object);
		assertThat(object.without("status", "a")).isEqualTo(object);
	}

	@Test
	void onlyAWholeNumberIsANumber() {
		JsonObject object = JsonObject.of(Map.of("spec", Map.of("n", 3, "text", "3", "half", 0.5)));

		assertThat(object.number("spec", "n")).hasValue(3);
		assertThat(object.number("spec", "text")).isEmpty();
		assertThat(object.number("spec", "half")).isEmpty();
		assertThat(object.number("spec", "n", "deeper")).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void refuses(String message, Map<String, ?> fields) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> JsonObject.of(fields))
			.withMessage(message);
	}

	static Stream<Arguments> refuses() {
		Map<String, Object> withNull = new HashMap<>();
		withNull.put("a", null);
		return Stream.of(arguments("it takes more than 65536 bytes", Map.of("a", "ä".repeat(40_000))),
				arguments("it takes more than 65536 bytes",
						Map.of("a", Stream.generate(() -> 1).limit(20_000).toList())),
				arguments("it is deeper than 20 objects", nested(20)),
				arguments("JSON has no form for a null", withNull),
				arguments("JSON has no form for a Double", Map.of("a", Double.NaN)),
				arguments("JSON has no form for a Object", Map.of("a", new Object())));
	}

	@Test
	void holdsWhatIsWithinTheBounds() {
		assertThat(JsonObject.of(nested(19)).size()).isBetween(19 * 6, 20 * 20);
		assertThat(JsonObject.of(Map.of("a", "x".repeat(65_000))).size()).isBetween(65_000, JsonObject.LARGEST);
	}

	private static Map<String, Object> nested(int depth) {
		Map<String, Object> fields = Map.of("a", "b");
		for (int i = 0; i < depth; i++) {
			fields = Map.of("a", fields);
		}
		return fields;
	}

}
