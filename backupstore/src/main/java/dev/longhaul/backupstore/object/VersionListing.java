package dev.longhaul.backupstore.object;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * All versions under a prefix, page by page: memory holds one page, however many versions
 * a key has.
 */
public final class VersionListing implements Iterator<ObjectVersion> {

	private final VersionedStore store;

	private final String prefix;

	private final Queue<ObjectVersion> page = new ArrayDeque<>();

	private VersionPage.@Nullable Marker next;

	/**
	 * @param startAfter only keys strictly after this one; empty for the beginning
	 */
	public VersionListing(VersionedStore store, String prefix, String startAfter) {
		this.store = store;
		this.prefix = prefix;
		this.next = VersionPage.Marker.after(startAfter);
	}

	@Override
	public boolean hasNext() {
		while (page.isEmpty() && next != null) {
			VersionPage answer = store.listVersions(prefix, next);
			page.addAll(answer.versions());
			next = answer.goOnAfter();
		}
		return !page.isEmpty();
	}

	@Override
	public ObjectVersion next() {
		if (!hasNext()) {
			throw new NoSuchElementException("no more versions under " + prefix);
		}
		return page.remove();
	}

	/** Leaves out everything up to a key without listing it. */
	public void skipTo(String key) {
		page.removeIf(version -> ObjectKeys.ORDER.compare(version.key(), key) <= 0);
		if (page.isEmpty() && next != null && ObjectKeys.ORDER.compare(next.key(), key) <= 0) {
			next = VersionPage.Marker.after(key);
		}
	}

}
