package dev.longhaul.core.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {

	@Test
	void leavesTextOfAnyScriptAsItIs() {
		assertThat(Printable.of("Größe 写真 ● 🗄")).isEqualTo("Größe 写真 ● 🗄");
	}

	@ParameterizedTest
	@CsvSource({ "27, \\u001b", "10, \\u000a", "13, \\u000d", "7, \\u0007", "155, \\u009b", "8238, \\u202e",
			"8232, \\u2028", "65279, \\ufeff", "57344, \\ue000", "55357, \\ud83d" })
	void showsTheCodeOfWhatATerminalWouldObey(int codePoint, String shown) {
		assertThat(Printable.of("a" + Character.toString(codePoint) + "b")).isEqualTo("a" + shown + "b");
	}

}
