package dev.longhaul.restore.plan;

import dev.longhaul.restore.choice.ChosenPoint;
import dev.longhaul.restore.choice.FormerClaim;
import dev.longhaul.restore.choice.RestorableVolume;
import org.jspecify.annotations.Nullable;

/**
 * In which order applications come back: those first that others cannot do without.
 */
public enum Wave {

	/** Argo CD applies what is in a repository, and the cluster serves it itself. */
	GIT("serves the repository that declares all others", "gitea"),

	/** External Secrets asks it for what the others log in with. */
	SECRETS("holds the secrets of all others", "vaultwarden"),

	OTHERS("nobody waits for it", "");

	private final String reason;

	private final String software;

	Wave(String reason, String software) {
		this.reason = reason;
		this.software = software;
	}

	/** Why it comes there, in a few words. */
	public String reason() {
		return reason;
	}

	/**
	 * By its profile, if a definition was recorded; else by its name and the namespaces
	 * of its claims.
	 */
	static Wave of(ChosenPoint point) {
		for (Wave wave : values()) {
			if (isOne(point, wave.software)) {
				return wave;
			}
		}
		return OTHERS;
	}

	private static boolean isOne(ChosenPoint point, String software) {
		if (point.declared() != null && point.declared().object("profile", software).isPresent()) {
			return true;
		}
		return point.application().value().equals(software)
				|| point.volumes().stream().map(RestorableVolume::claim).anyMatch(claim -> isIn(claim, software));
	}

	private static boolean isIn(@Nullable FormerClaim claim, String namespace) {
		return claim != null && claim.ref().namespace().equals(namespace);
	}

}
