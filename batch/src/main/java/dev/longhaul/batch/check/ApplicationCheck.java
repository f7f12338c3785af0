package dev.longhaul.batch.check;

import java.util.List;

import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.verdict.CheckResult;

/**
 * Checks the data of a restore point whose blocks are proven.
 */
@FunctionalInterface
public interface ApplicationCheck {

	/**
	 * @return a result per check, in their order; what kept a check from being run is a
	 * result, too
	 * @throws dev.longhaul.core.failure.DamagedData if a block is missing or damaged by
	 * now
	 * @throws dev.longhaul.core.failure.Interruption if the program is told to stop
	 */
	List<CheckResult> check(RestorePoint point, List<Check> checks);

}
