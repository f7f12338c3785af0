package dev.longhaul.restore.plan;

import java.util.Map;

import dev.longhaul.core.backup.BackupName;
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
 * @param replacing whether claims that stay what they are called get a volume of another
 * name too, so that the one they have stays
 * @param thrownAway whether it is for a while only: volumes of one replica, and claims
 * that no controller or selector takes for the original
 */
public record Placement(@Nullable String namespace, Map<ClaimRef, ClaimRef> renames, boolean replacing,
		boolean thrownAway) {

	/** What Longhorn takes for a volume's name, in characters. */
	private static final int LONGEST_NAME = 40;

	private static final int UNIQUE = 6;

	public Placement {
		renames = Map.copyOf(renames);
	}

	/** Everything under the names it had. */
	public static Placement unchanged() {
		return new Placement(null, Map.of(), false, false);
	}

	/** Under other names, or in another namespace, than they had. */
	public Placement(@Nullable String namespace, Map<ClaimRef, ClaimRef> renames) {
		this(namespace, renames, false, false);
	}

	/** Under the names they had, in the place of what has them now. */
	public static Placement inPlaceOfOthers() {
		return new Placement(null, Map.of(), true, false);
	}

	/** In a namespace that is removed again, with all that is in it. */
	public static Placement throwAway(String namespace) {
		return new Placement(namespace, Map.of(), false, true);
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

	/**
	 * @param backup that it is made of: what is replaced twice gets two volumes
	 */
	VolumeName of(VolumeName volume, BackupName backup, @Nullable ClaimRef claim) {
		if (claim == null || (leaves(claim) && !replacing)) {
			return volume;
		}
		String what = replacing ? "%s\n%s".formatted(volume, backup) : "%s\n%s".formatted(volume, of(claim));
		String unique = "-" + Sha256.of(what).substring(0, UNIQUE);
		String stem = volume.value().substring(0, Math.min(volume.value().length(), LONGEST_NAME - unique.length()));
		return new VolumeName(stem + unique);
	}

}
