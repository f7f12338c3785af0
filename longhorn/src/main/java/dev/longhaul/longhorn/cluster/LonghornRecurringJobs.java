package dev.longhaul.longhorn.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import dev.longhaul.core.cluster.RecurringJobs;
import dev.longhaul.core.recurring.RecurringJob;
import dev.longhaul.core.recurring.RecurringMembership;
import dev.longhaul.core.recurring.RecurringTask;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.crd.RecurringJobSpec;
import dev.longhaul.longhorn.crd.Volume;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * Longhorn's RecurringJobs through its custom resources. One that cannot be read is left
 * out and logged as a warning, as volumes are.
 */
final class LonghornRecurringJobs implements RecurringJobs {

	private static final System.Logger LOG = System.getLogger(LonghornRecurringJobs.class.getName());

	private final KubernetesClient client;

	private final LonghornApi api;

	/**
	 * @param namespace where Longhorn is installed
	 */
	LonghornRecurringJobs(KubernetesClient client, String namespace, Clock clock) {
		this.client = client;
		this.api = new LonghornApi(client, namespace, clock);
	}

	@Override
	public List<RecurringJob> recurringJobs() {
		List<RecurringJob> jobs = new ArrayList<>();
		for (GenericKubernetesResource found : api.list(dev.longhaul.longhorn.crd.RecurringJob.class)) {
			try {
				jobs.add(read(client.getKubernetesSerialization()
					.convertValue(found, dev.longhaul.longhorn.crd.RecurringJob.class)));
			}
			catch (IllegalArgumentException ex) {
				leaveOut("recurringjobs.longhorn.io", found, ex);
			}
		}
		jobs.sort(Comparator.comparing(RecurringJob::name));
		return List.copyOf(jobs);
	}

	private static RecurringJob read(dev.longhaul.longhorn.crd.RecurringJob wire) {
		RecurringJobSpec spec = (wire.getSpec() != null) ? wire.getSpec() : new RecurringJobSpec();
		return new RecurringJob(ServerText.oneLine(Wire.name(wire)), RecurringTask.of(Wire.text(spec.getTask())),
				ServerText.oneLine(Wire.text(spec.getCron())), groups(spec.getGroups()), clamped(spec.getRetain()));
	}

	private static Set<String> groups(@Nullable Collection<@Nullable String> groups) {
		Set<String> named = new HashSet<>();
		if (groups != null) {
			groups.stream().filter(Objects::nonNull).forEach(named::add);
		}
		return named;
	}

	private static int clamped(@Nullable Long retain) {
		return (retain != null) ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, retain)) : 0;
	}

	@Override
	public Map<VolumeName, RecurringMembership> memberships() {
		Map<VolumeName, RecurringMembership> memberships = new TreeMap<>();
		for (GenericKubernetesResource found : api.list(Volume.class)) {
			try {
				memberships.put(new VolumeName(Wire.name(found)),
						RecurringMembership.ofLabels(Wire.merge(null, found.getMetadata().getLabels())));
			}
			catch (IllegalArgumentException ex) {
				leaveOut("volumes.longhorn.io", found, ex);
			}
		}
		return memberships;
	}

	private static void leaveOut(String plural, GenericKubernetesResource found, IllegalArgumentException why) {
		String name = (found.getMetadata() != null) ? found.getMetadata().getName() : null;
		LOG.log(System.Logger.Level.WARNING, "left out: {0} ''{1}'' cannot be read: {2}", plural, name,
				ServerText.oneLine(String.valueOf(why.getMessage())));
	}

}
