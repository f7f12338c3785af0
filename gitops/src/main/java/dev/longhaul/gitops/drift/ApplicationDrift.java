package dev.longhaul.gitops.drift;

import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.cluster.QuietRecord;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.gitops.definition.Definitions;

/**
 * Applications against the volumes that a cluster has.
 */
final class ApplicationDrift {

	private final Definitions definitions;

	private final InCluster cluster;

	private final Holdings holdings;

	private final Places places;

	private final List<Finding> findings = new ArrayList<>();

	ApplicationDrift(Definitions definitions, InCluster cluster, Holdings holdings, Places places) {
		this.definitions = definitions;
		this.cluster = cluster;
		this.holdings = holdings;
		this.places = places;
	}

	List<Finding> find() {
		cluster.volumes().forEach(this::requireHolder);
		definitions.applications().forEach(this::requireVolumes);
		cluster.quiet().forEach(this::requireDeclared);
		return findings;
	}

	/** One without a claim is used by nobody. */
	private void requireHolder(Volume volume) {
		if (volume.claim() != null && holdings.holder(volume).isEmpty()) {
			findings.add(new Finding(DriftKind.VOLUME_UNPROTECTED, "claim '%s'".formatted(volume.claim()),
					"volume %s of %s is held by no declared application".formatted(volume.name(), volume.size()),
					"no night backs it up: 'longhaul gitops init' proposes an application, or declare one in "
							+ "longhaul/applications/",
					null));
		}
	}

	private void requireVolumes(ApplicationDefinition application) {
		for (VolumeSelector selector : application.volumes()) {
			if (!holdings.isMatched(selector)) {
				findings.add(new Finding(DriftKind.APPLICATION_UNMATCHED,
						"application '%s'".formatted(application.name()), unmatched(selector),
						"its nights fail until it is there or is taken out of the definition", places.of(application)));
			}
		}
	}

	private String unmatched(VolumeSelector selector) {
		boolean claimed = holdings.isClaimed(selector);
		if (selector instanceof VolumeSelector.ByClaim byClaim) {
			return claimed ? "claim '%s' is on no volume of Longhorn".formatted(byClaim.claim())
					: "no volume of Longhorn has claim '%s'".formatted(byClaim.claim());
		}
		return claimed ? "no claim with the labels %s is on a volume of Longhorn".formatted(selector)
				: "no claim has the labels %s".formatted(selector);
	}

	private void requireDeclared(QuietRecord record) {
		boolean application = definitions.applications()
			.stream()
			.anyMatch(declared -> declared.name().equals(record.application()));
		// A run is named after its job, and then its night.
		boolean job = definitions.jobs().stream().anyMatch(declared -> record.run().startsWith(declared.name() + " "));
		if (!application || !job) {
			findings.add(new Finding(DriftKind.QUIET_UNDECLARED, "application '%s'".formatted(record.application()),
					"made quiet by %s of installation %s since %s, until %s at the latest".formatted(record.run(),
							record.holder(), record.since(), record.until()),
					(application ? "no job of that name is declared" : "no such application is declared")
							+ "; a server that looks after this cluster releases it when its time is over",
					null));
		}
	}

}
