package dev.longhaul.core.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People look a code up in a page; it must say what the programs say.
 */
class FailurePageTest {

	private static final Path PAGE = Path.of("../docs/failures.md");

	@Test
	void thePageHasEveryCodeWithItsExitCodeAndMeaning() throws IOException {
		List<String> catalogue = Stream.of(FailureCode.values())
			.map(code -> "| `%s` | %d | %s |".formatted(code, code.exitStatus().code(), code.meaning()))
			.toList();

		assertThat(Files.readAllLines(PAGE)).filteredOn(line -> line.startsWith("| `"))
			.containsExactlyElementsOf(catalogue);
	}

}
