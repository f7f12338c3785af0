package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MetricsEndpointTest {

	@TempDir
	private Path directory;

	@Test
	void tellsPrometheusWhoHasAToken() throws IOException {
		Path token = directory.resolve("first-token");
		try (Server server = ServedConfiguration.in(directory)
			.with("server: {port: 0, first-token-file: \"%s\"}".formatted(token))
			.serve()) {
			HttpCalls stranger = HttpCalls.to(server);
			String secret = Files.readString(token).strip();

			assertThat(stranger.get("/actuator/prometheus").statusCode()).isEqualTo(401);

			HttpResponse<String> scraped = stranger.with(secret).get("/actuator/prometheus");
			assertThat(scraped.statusCode()).isEqualTo(200);
			assertThat(scraped.headers().firstValue("Content-Type")).contains("text/plain;version=0.0.4;charset=utf-8");
			assertThat(scraped.body()).contains("# TYPE jvm_memory_used_bytes gauge", "process_uptime_seconds ",
					"longhaul_store_calls_total{class=\"b\",target=\"default\"} 0.0",
					"longhaul_ledger_refresh_timestamp_seconds NaN");

			server.standing().start();

			await().untilAsserted(() -> assertThat(stranger.with(secret).get("/actuator/prometheus").body())
				.containsPattern("longhaul_ledger_refresh_timestamp_seconds [0-9.E]+\n"));
		}
	}

}
