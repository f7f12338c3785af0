package dev.longhaul.gitops.form;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PlainObjectsTest {

	@Test
	void readsWhatKubectlReads() {
		List<JsonObject> objects = PlainObjects.read("all.yaml", """
				# a comment
				---
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: a, creationTimestamp: null, labels: {on: "on"}}
				count: 16
				share: 0.5
				ready: true
				list: [1, "2", {three: 3}]
				again: &it {x: y1}
				also: *it
				---
				---
				kind: Other
				""");

		assertThat(objects).hasSize(2);
		assertThat(objects.get(0).fields()).containsEntry("count", 16L)
			.containsEntry("share", 0.5)
			.containsEntry("ready", true)
			.containsEntry("metadata", Map.of("name", "a", "labels", Map.of("on", "on")))
			.containsEntry("list", List.of(1L, "2", Map.of("three", 3L)))
			.containsEntry("also", Map.of("x", "y1"));
		assertThat(PlainObjects.read("empty.yaml", "# nothing\n")).isEmpty();
	}

	/** Passwords are among them, and what cannot be read may be one. */
	@ParameterizedTest
	@ValueSource(strings = { "a: *planted", "a: [planted", "planted", "- planted", "a: %planted", "a: @planted",
			"a: !planted x", "a: !!binary planted", "? [planted]\n: 1", "planted: 1\nplanted: 2", "a: [null]",
			"a: 0777", "a: 1_000", "a: yes", "a: Off", "a: 99999999999999999999", "a: .inf", "<<: {planted: 1}",
			"a: 0o17", "a: 0x1F", "a: \"planted" })
	void refusesWithoutRepeating(String text) {
		RefusedRequest refusal = catchThrowableOfType(RefusedRequest.class,
				() -> PlainObjects.read("secrets.yaml", "first: line\n---\n" + text));

		assertThat(refusal.fact()).startsWith("secrets.yaml:").doesNotContain("planted");
	}

	@Test
	void isNotBlownUp() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			bomb.append("a%d: &a%d [%s]\n".formatted(i, i,
					String.join(", ", Collections.nCopies(4, "*a%d".formatted(i - 1)))));
		}
		assertThatThrownBy(() -> PlainObjects.read("bomb.yaml", bomb.toString())).isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("more, or deeper");
		assertThat(PlainObjects.texts("bomb.yaml", bomb.toString())).containsExactly("x");
		assertThatThrownBy(() -> PlainObjects.read("cycle.yaml", "a: &a [*a]")).isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> PlainObjects.read("deep.yaml", "a: " + "[".repeat(5000) + "]".repeat(5000)))
			.isInstanceOf(RefusedRequest.class);
		assertThatThrownBy(() -> PlainObjects.read("large.yaml", "a: " + "x".repeat(JsonObject.LARGEST)))
			.isInstanceOf(RefusedRequest.class)
			.hasMessageContaining("65536 bytes");
	}

	@Test
	void findsEveryTextOfValues() {
		assertThat(PlainObjects.texts("values.yaml", "a: one\nb: {c: [two, {d: 3}]}\ne:\nf: yes\n")).containsExactly("",
				"3", "one", "two", "yes");
		assertThatThrownBy(() -> PlainObjects.texts("values.yaml", "planted")).isInstanceOf(RefusedRequest.class)
			.hasMessageNotContaining("planted");
		assertThat(PlainObjects.texts("values.yaml", "")).isEmpty();
	}

}
