package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.function.Supplier;

import dev.longhaul.scheduler.metric.ApplicationMeters;
import dev.longhaul.scheduler.metric.MetricsController;
import dev.longhaul.scheduler.metric.RunMeters;
import dev.longhaul.scheduler.run.RunFilter;
import dev.longhaul.scheduler.run.Runs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a server tells of itself.
 */
@Configuration(proxyBeanMethods = false)
class MetricWiring {

	/** Runs that are looked through for the last one of each job. */
	private static final int REMEMBERED = 200;

	@Bean
	ApplicationMeters applicationMeters(MeterRegistry meters) {
		return new ApplicationMeters(meters);
	}

	@Bean
	RunMeters runMeters(MeterRegistry meters, Clock clock) {
		return new RunMeters(meters, clock);
	}

	@Bean
	SmartInitializingSingleton runQueue(MeterRegistry meters, RunMeters runMeters, Runs runs) {
		return () -> {
			runMeters.remember(runs.list(RunFilter.ALL, null, REMEMBERED).runs());
			queue(meters, "running", () -> runs.running().size());
			queue(meters, "waiting", () -> runs.waiting().size());
		};
	}

	private static void queue(MeterRegistry meters, String state, Supplier<Number> count) {
		Gauge.builder("longhaul.runs", count)
			.description("Runs that are not over")
			.tag("state", state)
			.register(meters);
	}

	@Bean
	MetricsController metrics(PrometheusMeterRegistry meters) {
		return new MetricsController(meters);
	}

	@Bean
	JvmGcMetrics gcMetrics() {
		return new JvmGcMetrics();
	}

	@Bean
	SmartInitializingSingleton processMeters(MeterRegistry meters, JvmGcMetrics gc) {
		return () -> {
			gc.bindTo(meters);
			new JvmMemoryMetrics().bindTo(meters);
			new JvmThreadMetrics().bindTo(meters);
			new ProcessorMetrics().bindTo(meters);
			new UptimeMetrics().bindTo(meters);
		};
	}

}
