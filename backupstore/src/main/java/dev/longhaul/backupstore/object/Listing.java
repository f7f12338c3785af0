package dev.longhaul.backupstore.object;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * All objects under a prefix, page by page: memory holds one page, and a page is asked
 * for only when the one before it is used up.
 */
public final class Listing implements Iterator<ObjectInfo> {

	private final ObjectStore store;

	private final String prefix;

	private final Queue<ObjectInfo> page = new ArrayDeque<>();

	private String after;

	private boolean more = true;

	public Listing(ObjectStore store, String prefix) {
		this(store, prefix, "");
	}

	/**
	 * @param startAfter only keys strictly after this one
	 */
	public Listing(ObjectStore store, String prefix, String startAfter) {
		this.store = store;
		this.prefix = prefix;
		this.after = startAfter;
	}

	@Override
	public boolean hasNext() {
		while (page.isEmpty() && more) {
			fetch();
		}
		return !page.isEmpty();
	}

	@Override
	public ObjectInfo next() {
		if (!hasNext()) {
			throw new NoSuchElementException("no more objects under " + prefix);
		}
		return page.remove();
	}

	/** Goes on after a key, leaving out everything up to it without listing it. */
	public void skipTo(String key) {
		page.removeIf(object -> ObjectKeys.ORDER.compare(object.key(), key) <= 0);
		if (page.isEmpty() && ObjectKeys.ORDER.compare(after, key) < 0) {
			after = key;
		}
	}

	private void fetch() {
		ObjectPage answer = store.list(prefix, after);
		page.addAll(answer.objects());
		more = answer.truncated();
		if (!answer.objects().isEmpty()) {
			after = answer.lastKey();
		}
	}

}
