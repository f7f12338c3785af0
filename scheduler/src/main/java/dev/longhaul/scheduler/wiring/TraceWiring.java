package dev.longhaul.scheduler.wiring;

import dev.longhaul.scheduler.run.RunObserver;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.trace.RunTraces;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Runs as traces, if the configuration says where to.
 */
@Configuration(proxyBeanMethods = false)
class TraceWiring {

	/** Null, and nothing of OpenTelemetry loaded, if it does not. */
	@Bean
	@Nullable RunObserver runTraces(LonghaulProperties properties, Runs runs) {
		TraceSettings traces = properties.traces();
		return (traces != null) ? new RunTraces(traces.endpoint(), traces.token(), runs::steps) : null;
	}

}
