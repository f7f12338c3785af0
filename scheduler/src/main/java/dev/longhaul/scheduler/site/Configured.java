package dev.longhaul.scheduler.site;

import java.util.List;

import dev.longhaul.scheduler.rest.TargetView;
import org.jspecify.annotations.Nullable;

/**
 * What pages have to know of the server's configuration.
 *
 * @param site where the cluster is, in the user's words; null if not declared
 * @param targets Longhorn's own first, then the mirrors
 */
public record Configured(@Nullable String site, List<TargetView> targets) {

	public Configured {
		targets = List.copyOf(targets);
	}

	/** The one that Longhorn writes to. */
	TargetView own() {
		return targets.get(0);
	}

	/** A name for another place of backups. */
	String mirror() {
		return (targets.size() > 1) ? targets.get(1).name() : "second";
	}

	boolean saysSites() {
		return site != null && targets.stream().allMatch(target -> target.site() != null);
	}

}
