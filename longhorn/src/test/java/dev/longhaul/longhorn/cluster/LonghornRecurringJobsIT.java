package dev.longhaul.longhorn.cluster;

import java.nio.file.Path;
import java.time.Clock;

import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RealApi;
import dev.longhaul.longhorn.testing.RecurringJobsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver, without Longhorn.
 */
class LonghornRecurringJobsIT extends RecurringJobsContract {

	@TempDir
	private static Path directory;

	private static RealApi api;

	@BeforeAll
	static void installLonghorn() {
		api = RealApi.startOrAbort(directory);
		LonghornResources.install(api.admin());
		LonghornResources.put(api.admin(), "recurring-jobs.yaml");
	}

	@AfterAll
	static void stop() {
		if (api != null) {
			api.close();
		}
	}

	@Override
	protected RecurringJobs recurring() {
		return new LonghornRecurringJobs(api.admin(), LonghornResources.NAMESPACE, Clock.systemUTC());
	}

}
