package dev.longhaul.restore.plan;

import java.util.Map;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import org.jspecify.annotations.Nullable;

/**
 * Where claims are restored to. A claim that gets another name or namespace gets a volume
 * of another name too, so that it can stand beside the one it was.
 *
 * @param namespace of all claims; null for the one each had
 * @param renames single claims, which counts more
 */
public record Placement(@Nullable String namespace, Map<ClaimRef, ClaimRef> renames) {

	/** What Longhorn takes for a volume's name, in characters. */
	private static final int LONGEST_NAME = 40;

	private static final int UNIQUE = 6;

	public Placement {
		renames = Map.copyOf(renames);
	}

	/** Everything under the names it had. */
	public static Placement unchanged() {
		return new Placement(null, Map.of());
	}

	ClaimRef of(ClaimRef claim) {
		ClaimRef renamed = renames.get(claim);
		if (renamed != null) {
			return renamed;
		}
		return (namespace != null) ? new ClaimRef(namespace, claim.name()) : claim;
	}

	boolean leaves(ClaimRef claim) {
		return of(claim).equals(claim);
	}

	VolumeName of(VolumeName volume, @Nullable ClaimRef claim) {
		if (claim == null || leaves(claim)) {
			return volume;
		}
		String unique = "-" + Sha256.of(volume + "\n" + of(claim)).substring(0, UNIQUE);
		String stem = volume.value().substring(0, Math.min(volume.value().length(), LONGEST_NAME - unique.length()));
		return new VolumeName(stem + unique);
	}

}
