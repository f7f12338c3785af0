package dev.longhaul.restore.plan;

import java.util.List;

import dev.longhaul.core.kit.KitId;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.restore.bootstrap.ChartRelease;
import org.jspecify.annotations.Nullable;

/**
 * How what runs in a cluster comes back, beside its volumes. It names what is in a kit,
 * and repeats nothing of it: a run needs that kit.
 *
 * @param kit that a run has to be given
 * @param namespace of Argo CD
 * @param chart of Argo CD, such as {@code argo-cd 8.1.3}; empty if the kit has none
 * @param objects that are created unless they are there, by kind and name
 * @param secrets that are created unless they are there
 * @param longhorn Application that brings Longhorn; null if somebody else does
 * @param git Application that brings the server of the repository; null if it is
 * elsewhere
 * @param parents Applications that declare others
 * @param others Applications of the kit that are none of these
 * @param vaults namespaces of what keeps the Secrets of all others
 */
public record PlannedDeployment(KitId kit, String namespace, String chart, List<String> objects,
		List<SecretRef> secrets, @Nullable String longhorn, @Nullable String git, List<String> parents,
		List<String> others, List<String> vaults) {

	public PlannedDeployment {
		objects = List.copyOf(objects);
		secrets = List.copyOf(secrets);
		parents = List.copyOf(parents);
		others = List.copyOf(others);
		vaults = List.copyOf(vaults);
	}

	/** What a chart is called in a plan. */
	static String told(ChartRelease release) {
		return release.chart() + " " + release.version();
	}

}
