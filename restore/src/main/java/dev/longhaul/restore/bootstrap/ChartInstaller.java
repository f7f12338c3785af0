package dev.longhaul.restore.bootstrap;

/** Brings charts into a cluster. */
@FunctionalInterface
public interface ChartInstaller {

	/**
	 * Installs a release unless one of that name is there; waits for nothing but the
	 * hooks of the chart, within bounds.
	 * @throws dev.longhaul.core.failure.TransientFailure if the cluster or the repository
	 * of the chart is not reached
	 * @throws dev.longhaul.core.failure.RefusedRequest if there is no such chart or
	 * version, or the cluster refuses what is in it
	 * @throws dev.longhaul.core.failure.OutcomeUnknown if the installation broke off, or
	 * somebody else is at it
	 */
	void install(ChartRelease release);

}
