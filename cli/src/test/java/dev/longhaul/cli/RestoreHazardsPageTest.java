package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestoreHazardsPageTest {

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

	@Test
	void everyTestThatThePageNamesIsThere() throws IOException {
		String page = Files.readString(Path.of("../docs/restore-hazards.md"));
		List<Path> sources;
		try (Stream<Path> modules = Files.list(Path.of(".."))) {
			sources = modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory).toList();
		}

		assertThat(TEST.matcher(page).results()).hasSizeGreaterThan(20).allSatisfy(named -> {
			String source = read(sources, named.group(1) + ".java");
			assertThat(source).as(named.group()).isNotEmpty();
			if (named.group(2) != null) {
				assertThat(source).contains("void " + named.group(2) + "(");
			}
		});
	}

	/** Several may have the name. */
	private static String read(List<Path> sources, String name) throws IOException {
		StringBuilder found = new StringBuilder();
		for (Path source : sources) {
			try (Stream<Path> files = Files.walk(source)) {
				for (Path file : files.filter(one -> one.endsWith(name)).toList()) {
					found.append(Files.readString(file));
				}
			}
		}
		return found.toString();
	}

}
