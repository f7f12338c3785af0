package dev.longhaul.scheduler.kit;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.core.kit.KitStanding;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * How the recovery kit stands, for machines.
 */
final class KitMeters {

	/** How it stands; the names are those of the label. */
	private enum State {

		CURRENT, OUTDATED, MISSING, UNKNOWN

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

	private final AtomicReference<@Nullable Instant> createdAt = new AtomicReference<>();

	KitMeters(MeterRegistry registry) {
		for (State each : State.values()) {
			Gauge.builder("longhaul.kit", state, current -> (current.get() == each) ? 1 : 0)
				.description("1 for how the newest recovery kit stands to the credentials in force, 0 for the others")
				.tag("standing", each.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		Gauge.builder("longhaul.kit.created.timestamp", createdAt, KitMeters::seconds)
			.description("When the newest recovery kit that is recorded was made")
			.baseUnit("seconds")
			.register(registry);
	}

	private static double seconds(AtomicReference<@Nullable Instant> createdAt) {
		Instant instant = createdAt.get();
		return (instant != null) ? instant.getEpochSecond() : Double.NaN;
	}

	void show(KitStanding standing) {
		if (standing instanceof KitStanding.Current current) {
			set(State.CURRENT, current.createdAt());
		}
		else if (standing instanceof KitStanding.Outdated outdated) {
			set(State.OUTDATED, outdated.createdAt());
		}
		else {
			set(State.MISSING, null);
		}
	}

	void unknown() {
		set(State.UNKNOWN, null);
	}

	private void set(State now, @Nullable Instant created) {
		state.set(now);
		createdAt.set(created);
	}

}
