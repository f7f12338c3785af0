package dev.longhaul.cli.chart;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest {

	private static String said(String values, String message) {
		return Redaction.of(List.of(values)).of(message);
	}

	/** As Helm, its parser and a cluster repeat values. */
	@Test
	void takesOutWhatWasGiven() {
		String values = "a: {password: 'planted-1'}\nb: ['*planted2', 'x y planted3']\nc: |\n  planted4\n  planted5\n";

		for (String message : List.of("at <.Values.a>: planted-1", "Invalid value: \"PLANTED-1\"",
				"yaml: unknown anchor 'planted2' referenced", "near planted3!", "line planted5",
				"data: cGxhbnRlZC0x")) {
			assertThat(said(values, message)).contains("…").doesNotContainIgnoringCase("planted", "cGxhbnRl");
		}
		assertThat(said(values, "nil pointer evaluating interface {}.password"))
			.isEqualTo("nil pointer evaluating interface {}.password");
	}

	@Test
	void isOneLineThatATerminalTakes() {
		assertThat(said("", " one\n\ttwo \u001b[2J")).isEqualTo("one two \\u001b[2J");
		assertThat(said("", "x".repeat(10_000))).hasSizeLessThan(600);
	}

}
