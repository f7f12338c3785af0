package dev.longhaul.backupstore.object;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a flat listing of versions: what one call costs.
 *
 * @param versions by key as in a listing of objects, and newest first under a key
 * @param goOnAfter where the next page begins; null if there are no more
 */
public record VersionPage(List<ObjectVersion> versions, @Nullable Marker goOnAfter) {

	public VersionPage {
		versions = List.copyOf(versions);
	}

	/**
	 * A place in a listing.
	 *
	 * @param version empty for after all versions of the key
	 */
	public record Marker(String key, String version) {

		/** After all versions of a key, which need not be there. */
		public static Marker after(String key) {
			return new Marker(key, "");
		}

	}

}
