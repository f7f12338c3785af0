package dev.longhaul.backupstore.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectKeysTest {

	private static final Comparator<String> BY_BYTES = (first, second) -> Arrays
		.compareUnsigned(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));

	@Test
	void theOrderIsThatOfTheBytes() {
		List<String> keys = List.of("", "a", "a-b", "a.b", "a/b", "a0", "aa", "é", "\uD7FF", "\uE000", "\uFF5E", "🎒",
				"🎒a", "🎓", "a🎒", "a\uFF5E", "\uFF5E🎒");

		for (String first : keys) {
			for (String second : keys) {
				assertThat(Integer.signum(ObjectKeys.ORDER.compare(first, second))).as("%s and %s", first, second)
					.isEqualTo(Integer.signum(BY_BYTES.compare(first, second)));
			}
		}
	}

}
