package dev.longhaul.scheduler.retention;

import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.retention.DeclaredRetention;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.gitops.repository.InForce;

/**
 * What Git declares to be kept. A pin may be in a commit that was not seen, so only the
 * newest of all counts.
 *
 * @param inForce the definitions in force whenever it is asked
 */
public record NewestDeclared(Supplier<InForce> inForce) implements DeclaredRetention {

	@Override
	public Optional<Retention> of(ApplicationName application) {
		InForce now = inForce.get();
		if (!(now.standing() instanceof InForce.Standing.Newest)) {
			throw new RefusedRequest(FailureCode.INVALID_DEFINITION,
					"commit %s is in force, and what is declared now is not known".formatted(now.revision()),
					"it is carried out once the newest commit can be read and has no mistake");
		}
		return now.definitions().retentionOf(application);
	}

}
