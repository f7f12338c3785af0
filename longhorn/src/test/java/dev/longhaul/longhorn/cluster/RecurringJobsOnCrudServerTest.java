package dev.longhaul.longhorn.cluster;

import java.time.Clock;

import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.longhorn.testing.LonghornResources;
import dev.longhaul.longhorn.testing.RecurringJobsContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.junit.jupiter.api.BeforeAll;

@EnableKubernetesMockClient(crud = true)
class RecurringJobsOnCrudServerTest extends RecurringJobsContract {

	static KubernetesClient client;

	@BeforeAll
	static void installLonghorn() {
		LonghornResources.install(client);
		LonghornResources.put(client, "recurring-jobs.yaml");
	}

	@Override
	protected RecurringJobs recurring() {
		return new LonghornRecurringJobs(client, LonghornResources.NAMESPACE, Clock.systemUTC());
	}

}
