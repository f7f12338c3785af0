package dev.longhaul.gitops.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.run.Night;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.drift.Drift.NotLookedAt;

/**
 * Compares what is declared with what there is. Pure; what nobody could look at is said
 * to be so, and nothing is concluded from it.
 */
public final class DriftCheck {

	private final Definitions definitions;

	private final Places places;

	private final List<Finding> findings;

	private final List<NotLookedAt> notLookedAt = new ArrayList<>();

	private final Instant now;

	/** Begins with what the definitions alone say. */
	public DriftCheck(Definitions definitions, Places places, Instant now) {
		this.definitions = definitions;
		this.places = places;
		this.now = now;
		this.findings = new ArrayList<>(new JobDrift(definitions, places, now).findInGit());
	}

	public DriftCheck againstCluster(InCluster cluster) {
		Holdings holdings = new Holdings(definitions, cluster);
		findings.addAll(new RecurringDrift(cluster, holdings, places).find());
		findings.addAll(new ApplicationDrift(definitions, cluster, holdings, places).find());
		return this;
	}

	/**
	 * @param nights whose manifests the target has
	 */
	public DriftCheck againstNights(List<Night> nights) {
		findings.addAll(new JobDrift(definitions, places, now).findIn(nights));
		return this;
	}

	/**
	 * @param why for people
	 */
	public DriftCheck without(Source source, String why) {
		notLookedAt.add(new NotLookedAt(source, why));
		return this;
	}

	public Drift drift() {
		return new Drift(findings, notLookedAt);
	}

}
