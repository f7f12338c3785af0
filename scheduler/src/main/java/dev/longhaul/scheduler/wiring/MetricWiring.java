package dev.longhaul.scheduler.wiring;

import dev.longhaul.scheduler.metric.ApplicationMeters;
import dev.longhaul.scheduler.metric.MetricsController;
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

	@Bean
	ApplicationMeters applicationMeters(MeterRegistry meters) {
		return new ApplicationMeters(meters);
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
