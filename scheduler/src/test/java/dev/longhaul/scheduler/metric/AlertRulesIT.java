package dev.longhaul.scheduler.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.scheduler.scenario.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prometheus itself reads the alert rules, and fires them where their own tests say so.
 */
class AlertRulesIT {

	private static final Path ALERTS = Path.of("../charts/longhaul/alerts").toAbsolutePath().normalize();

	@TempDir
	private Path directory;

	@BeforeEach
	void requirePromtool() {
		Tool.require("promtool");
	}

	@Test
	void areRules() throws IOException {
		assertPasses("check", "rules", ALERTS.resolve("longhaul.yaml").toString());
	}

	@Test
	void fireWhenTheyShouldAndOnlyThen() throws IOException {
		assertPasses("test", "rules", ALERTS.resolve("longhaul-test.yaml").toString());
	}

	private void assertPasses(String... arguments) throws IOException {
		Tool.Said said = Tool.run(List.of(Tool.path("promtool"), arguments[0], arguments[1], arguments[2]), directory);
		assertThat(said.exit()).as(said.text()).isZero();
	}

}
