package dev.longhaul.cli.terminal;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTest {

	private final Properties properties = new Properties();

	@Test
	void isNoneWhereNothingIsSaid() {
		assertThat(Terminal.of(properties, Map.of())).isEqualTo(Terminal.NONE);
	}

	@ParameterizedTest
	@CsvSource({ "120, 120", "20, 40", "0, 0", "'', 0", "wide, 0", "99999, 0", "-5, 0" })
	void believesOnlyAPlausibleWidth(String columns, int width) {
		properties.setProperty("longhaul.terminal", "true");
		properties.setProperty("longhaul.columns", columns);

		assertThat(Terminal.of(properties, Map.of("TERM", "xterm"))).isEqualTo(new Terminal(false, true, width));
	}

	@Test
	void isNoneWhereTheTerminalUnderstandsNothing() {
		properties.setProperty("longhaul.terminal", "true");
		properties.setProperty("longhaul.terminal.output", "true");

		assertThat(Terminal.of(properties, Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
	}

	@Test
	void keepsCredentialsOutOfItsDescription() {
		Surroundings surroundings = new Surroundings(new Output(java.io.OutputStream.nullOutputStream()),
				new java.io.PrintWriter(java.io.Writer.nullWriter()), Map.of("AWS_SECRET_ACCESS_KEY", "K004secret"),
				java.time.Clock.systemUTC(), duration -> {
				}, Terminal.NONE);

		assertThat(surroundings.toString()).doesNotContain("K004secret");
	}

}
