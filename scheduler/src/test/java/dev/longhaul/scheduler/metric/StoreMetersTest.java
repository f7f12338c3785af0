package dev.longhaul.scheduler.metric;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.scheduler.run.RunTallies;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoreMetersTest {

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@Test
	void countsCallsAndBytesOfEachTarget() {
		CallListener own = new StoreMeters(registry, new RunTallies()).of("default");
		CallListener attic = new StoreMeters(registry, new RunTallies()).of("attic");

		own.answered(CallClass.B, 0, 2_000_000);
		own.answered(CallClass.B, 0, 48);
		attic.answered(CallClass.A, 500, 0);

		assertThat(registry.scrape()).contains("longhaul_store_calls_total{class=\"b\",target=\"default\"} 2.0",
				"longhaul_store_calls_total{class=\"c\",target=\"default\"} 0.0",
				"longhaul_store_calls_total{class=\"a\",target=\"attic\"} 1.0",
				"longhaul_store_transfer_bytes_total{direction=\"received\",target=\"default\"} 2000048.0",
				"longhaul_store_transfer_bytes_total{direction=\"sent\",target=\"attic\"} 500.0");
	}

}
