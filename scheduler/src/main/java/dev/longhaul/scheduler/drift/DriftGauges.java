package dev.longhaul.scheduler.drift;

import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.gitops.drift.Drift;
import dev.longhaul.gitops.drift.DriftKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * {@code longhaul.drift}: how many differences of a kind there are. Not a number where
 * nobody could look, as that is not none.
 */
final class DriftGauges {

	private final AtomicReference<@Nullable Drift> newest = new AtomicReference<>();

	DriftGauges(MeterRegistry registry) {
		for (DriftKind kind : DriftKind.values()) {
			Gauge.builder("longhaul.drift", () -> count(kind))
				.description("Differences between Git and what runs")
				.tag("kind", kind.word())
				.register(registry);
		}
	}

	void hold(Drift drift) {
		newest.set(drift);
	}

	private double count(DriftKind kind) {
		Drift drift = newest.get();
		return (drift != null && drift.isKnown(kind)) ? drift.count(kind) : Double.NaN;
	}

}
