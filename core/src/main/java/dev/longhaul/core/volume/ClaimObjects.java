package dev.longhaul.core.volume;

import java.util.stream.Stream;

/**
 * What Kubernetes has of a claim: the objects without which nobody can say how a restored
 * volume is to be offered to its application.
 *
 * @param claim the PersistentVolumeClaim
 * @param volume the PersistentVolume it is bound to
 * @param storageClass the one it names
 */
public record ClaimObjects(ObjectCopy claim, ObjectCopy volume, ObjectCopy storageClass) {

	/** All three, of which nothing is known for one reason. */
	public static ClaimObjects unknown(String why) {
		ObjectCopy unknown = new ObjectCopy.Unknown(why);
		return new ClaimObjects(unknown, unknown, unknown);
	}

	/** None of the three, for one reason. */
	public static ClaimObjects absent(String why) {
		ObjectCopy absent = new ObjectCopy.Absent(why);
		return new ClaimObjects(absent, absent, absent);
	}

	/** About as many bytes as what is kept takes as text. */
	public int size() {
		return Stream.of(claim, volume, storageClass)
			.mapToInt(copy -> (copy instanceof ObjectCopy.Kept kept) ? kept.object().size() : 0)
			.sum();
	}

}
