package dev.longhaul.scheduler.wiring;

import java.util.List;

import dev.longhaul.batch.backup.NightOrder;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.scheduler.wiring.LonghaulProperties.ApplicationSettings;
import dev.longhaul.scheduler.wiring.LonghaulProperties.PatienceSettings;

/**
 * Makes the order of a night of the configuration.
 */
final class NightOrders {

	private NightOrders() {
	}

	/**
	 * @throws RefusedRequest if a value is not what it should be
	 */
	static NightOrder of(LonghaulProperties properties, NightPlan plan) {
		try {
			return new NightOrder(plan.applications(), plan.revision(),
					new NightOrder.Target(
							properties.target().name(), properties.target().url(), properties.target().site()),
					properties.cluster().site(),
					new NightOrder.Pace(properties.atOnce().applications(), properties.atOnce().volumes(),
							properties.patience().look()),
					limits(properties.patience()), new Guard(properties.guards().shrink(), plan.accepted()));
		}
		catch (IllegalArgumentException ex) {
			throw refused(ex);
		}
	}

	/**
	 * The applications that the configuration declares.
	 * @throws RefusedRequest if a value is not what it should be
	 */
	static List<ApplicationDefinition> applications(LonghaulProperties properties) {
		try {
			return properties.applications().stream().map(NightOrders::application).toList();
		}
		catch (IllegalArgumentException ex) {
			throw refused(ex);
		}
	}

	private static RefusedRequest refused(IllegalArgumentException failure) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, String.valueOf(failure.getMessage()),
				"correct it in the configuration file", failure);
	}

	private static ApplicationDefinition application(ApplicationSettings settings) {
		return ApplicationDefinition.ofClaims(new ApplicationName(settings.name()),
				settings.claims().stream().map(ClaimRef::parse).toList());
	}

	private static NightOrder.Limits limits(PatienceSettings patience) {
		return new NightOrder.Limits(patience.snapshot(), patience.retry(),
				new BackupWatch.Bounds(patience.stall(), patience.settle(), patience.silence(), patience.backup()));
	}

}
