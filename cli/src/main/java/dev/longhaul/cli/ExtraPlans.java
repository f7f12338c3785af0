package dev.longhaul.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.mirror.ExtraPlanner;
import dev.longhaul.backupstore.mirror.Side;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.extra.ExtraPlan;
import dev.longhaul.core.extra.KeptBackups;
import dev.longhaul.core.extra.SafetyPeriod;
import dev.longhaul.core.retention.Retention;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it takes to plan what may go from a mirror.
 */
final class ExtraPlans {

	@Option(names = "--after", paramLabel = "DAYS",
			description = "How long a backup must have been missing in the source, as in 30d; at least 1d. "
					+ "Default: 14d.")
	private SafetyPeriod period = SafetyPeriod.USUAL;

	@Mixin
	private final PinOption pins = new PinOption();

	@Mixin
	private final TrustOption trust = new TrustOption();

	ExtraPlan plan(Side from, Side to, Surroundings surroundings) {
		ExtraPlanner planner = new ExtraPlanner(from, to, trust.seal(), surroundings.clock(), surroundings.pause());
		try (RetentionSource source = pins.open(surroundings)) {
			return planner.plan(period, lookedUpOnce(source));
		}
	}

	/** Says it if no signature was checked. */
	void note(Surroundings surroundings) {
		trust.note(surroundings.errors());
	}

	/** Each look may be a call of a server. */
	private static KeptBackups.Pins lookedUpOnce(RetentionSource source) {
		Map<ApplicationName, Optional<Retention>> known = new HashMap<>();
		return (application, night) -> known.computeIfAbsent(application, source::of)
			.map(retention -> retention.pinOf(night));
	}

}
