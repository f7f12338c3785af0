package dev.longhaul.restore.run;

import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.restore.plan.PlannedClaim;

/**
 * Puts claims in the place of others, which applications use.
 */
public interface ClaimReplacement {

	/** Of a run that replaces nothing. */
	ClaimReplacement NONE = (claims, offer) -> {
		throw new RefusedRequest(FailureCode.INVALID_USAGE,
				"the plan puts claim %s in the place of another, and this run replaces nothing"
					.formatted(claims.get(0).ref()),
				"make a plan that restores beside it");
	};

	/**
	 * Stops what uses the claims, lets go of those that are others', has the claims
	 * offered and starts what was stopped. If nothing could be let go of, what was
	 * stopped is started again; if something was, it stays stopped, because half of an
	 * application's volumes would be older than the other, and another run goes on.
	 * @param claims of one application, whose PersistentVolumes are there; at least one
	 * @param offer makes the claims and binds them, those that are there too
	 */
	void replace(List<PlannedClaim> claims, Runnable offer);

}
