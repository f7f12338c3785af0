package dev.longhaul.backupstore.object;

import java.util.List;

/**
 * One page of a flat listing: what one call costs.
 *
 * @param objects in ascending order of their keys' UTF-8 bytes
 * @param truncated whether there are more after the last of these
 */
public record ObjectPage(List<ObjectInfo> objects, boolean truncated) {

	public ObjectPage {
		objects = List.copyOf(objects);
		if (truncated && objects.isEmpty()) {
			throw new IllegalArgumentException("a truncated page names at least one object to go on after");
		}
	}

	/** The key to go on after; only a page with objects has one. */
	public String lastKey() {
		return objects.get(objects.size() - 1).key();
	}

}
