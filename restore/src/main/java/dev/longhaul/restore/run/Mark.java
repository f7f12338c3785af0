package dev.longhaul.restore.run;

import java.util.Map;

import dev.longhaul.core.cluster.RestoreCluster;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.restore.plan.RestorePlan;

/**
 * By what the runs of a plan know the objects that they have made: a label of volumes,
 * and an annotation of what belongs to an application, whose labels stay as they were.
 *
 * @param value beginning of the plan's hash; a label has no room for all of it
 */
public record Mark(String value) {

	static final String KEY = RestoreCluster.MARK;

	private static final int LENGTH = 32;

	public static Mark of(RestorePlan plan) {
		return new Mark(plan.hash().substring(0, LENGTH));
	}

	Map<String, String> label() {
		return Map.of(KEY, value);
	}

	/**
	 * On a claim that was made ahead of its volume, by a run of this plan or of another:
	 * whoever restores that volume may offer it.
	 */
	static Mark reserved() {
		return new Mark("reserved");
	}

	boolean isOn(RestoredVolume volume) {
		return value.equals(volume.labels().get(KEY));
	}

	boolean isOn(JsonObject object) {
		return object.text("metadata", "annotations", KEY).filter(value::equals).isPresent();
	}

	JsonObject on(JsonObject object) {
		return object.with(value, "metadata", "annotations", KEY);
	}

}
