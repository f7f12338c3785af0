package dev.longhaul.scheduler.log;

import java.time.Instant;
import java.util.Map;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.RunAtHand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogLineTest {

	private static final Instant AT = Instant.parse("2026-11-23T02:30:04.120Z");

	@Test
	void isOneObjectInOneLine() {
		LogLine line = new LogLine(AT, "WARN", "longhaul", new RunAtHand("0198", new JobName("nightly")),
				"● holds \"all\"", Map.of("error", "first\r\n\tsecond"));

		assertThat(line.json())
			.isEqualTo("{\"time\":\"2026-11-23T02:30:04.120Z\",\"level\":\"WARN\",\"logger\":\"longhaul\","
					+ "\"run\":\"0198\",\"job\":\"nightly\",\"message\":\"● holds \\\"all\\\"\",\"error\":\"first\\n    second\"}");
	}

	@Test
	void hasNoRunOutsideOfRuns() {
		assertThat(new LogLine(AT, "INFO", "longhaul", null, "listening").json()).isEqualTo(
				"{\"time\":\"2026-11-23T02:30:04.120Z\",\"level\":\"INFO\",\"logger\":\"longhaul\",\"message\":\"listening\"}");
	}

	@Test
	void takesNoTerminalOverAndPretendsNoOtherLine() {
		String hostile = "a\u001b[2Jb\u0085c\u202ed\u2028e\u007ff\ud800g\n{\"level\":\"INFO\"}";

		String json = new LogLine(AT, "INFO", "longhaul", null, hostile).json();

		assertThat(json.lines()).hasSize(1);
		assertThat(json.codePoints()).allMatch(c -> c >= ' ' && c < 0x7f);
		assertThat(json).contains("a\\\\u001b[2Jb").contains("\\n{\\\"level\\\"");
	}

	@Test
	void isBounded() {
		String json = new LogLine(AT, "INFO", "longhaul", null, "x".repeat(1_000_000)).json();

		assertThat(json).hasSizeLessThan(LogLine.LONGEST + 200).contains("x…\"");
	}

}
