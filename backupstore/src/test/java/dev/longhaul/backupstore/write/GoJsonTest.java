package dev.longhaul.backupstore.write;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoJsonTest {

	@Test
	void charactersThatGoEscapesAreEscapedItsWay() {
		String json = GoJson.object().string("k", "a&b<c>d\"e\\f\n\t\u0001\u2028 ü €").close();

		assertThat(json).isEqualTo("{\"k\":\"a\\u0026b\\u003cc\\u003ed\\\"e\\\\f\\n\\t\\u0001\\u2028 ü €\"}");
	}

	@Test
	void doublyQuotedStringsHaveQuotesInsideTheString() {
		assertThat(GoJson.object().doublyQuoted("a", "").doublyQuoted("b", "lz4").close())
			.isEqualTo("{\"a\":\"\\\"\\\"\",\"b\":\"\\\"lz4\\\"\"}");
	}

	@Test
	void mapKeysAreSortedAndAnEmptyMapIsNull() {
		assertThat(GoJson.object().strings("m", Map.of("b", "2", "a", "1", "B", "0")).strings("n", Map.of()).close())
			.isEqualTo("{\"m\":{\"B\":\"0\",\"a\":\"1\",\"b\":\"2\"},\"n\":null}");
	}

}
