package dev.longhaul.batch.verify;

import java.time.Duration;
import java.util.List;

import dev.longhaul.backupstore.inventory.Inventory;
import dev.longhaul.backupstore.verify.Verifier;
import dev.longhaul.core.application.ApplicationName;
import org.jspecify.annotations.Nullable;

/**
 * What a verification is to do.
 *
 * @param applications none twice
 * @param restorePoints of each of them, counted from its newest
 * @param place what is read
 * @param retry how long a call that fails for the moment is repeated
 */
public record VerifyOrder(List<ApplicationName> applications, int restorePoints, Place place, Duration retry) {

	public VerifyOrder {
		applications = List.copyOf(applications);
		if (applications.isEmpty() || restorePoints < 1) {
			throw new IllegalArgumentException("a verification needs an application and a restore point of it");
		}
		if (applications.stream().distinct().count() != applications.size()) {
			throw new IllegalArgumentException("an application is named twice");
		}
	}

	/**
	 * A target, to be read.
	 *
	 * @param mirror its name in the verdict; null if it is the one that nights record in
	 */
	public record Place(Verifier verifier, Inventory inventory, @Nullable String mirror) {
	}

}
