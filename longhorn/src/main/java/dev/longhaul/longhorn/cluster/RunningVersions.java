package dev.longhaul.longhorn.cluster;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.export.InForce;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * Gathers which images run, and of which charts the objects are.
 */
final class RunningVersions {

	/** Helm's own convention for charts. */
	private static final String CHART = "helm.sh/chart";

	/** Of images and of charts. */
	private static final int MOST = 1_000;

	private final Set<InForce.Image> images = new LinkedHashSet<>();

	private final SortedSet<String> charts = new TreeSet<>();

	/** Of a container that does not run, what ran is not known. */
	void add(Pod pod) {
		if (pod.getStatus() == null) {
			return;
		}
		for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
			boolean runs = container.getState() != null && container.getState().getRunning() != null;
			if (runs && !Wire.text(container.getImageID()).isEmpty()) {
				images.add(new InForce.Image(ServerText.oneLine(Wire.text(container.getImage())),
						ServerText.oneLine(container.getImageID())));
			}
		}
		requireFew(images);
	}

	void add(HasMetadata object) {
		String chart = Wire.label(object, CHART);
		if (!chart.isEmpty()) {
			charts.add(ServerText.oneLine(chart));
		}
		requireFew(charts);
	}

	private static void requireFew(Collection<?> versions) {
		if (versions.size() > MOST) {
			throw new RefusedRequest(FailureCode.EXPORT_FAILED,
					"more than %d images or charts are in one application".formatted(MOST),
					"leave 'objects' out of its exports; something else lives in its namespaces");
		}
	}

	InForce inForce() {
		return new InForce(List.copyOf(images), List.copyOf(charts));
	}

}
