package dev.longhaul.backupstore.object;

import java.util.Collection;
import java.util.Optional;

/**
 * A flat space of objects under string keys.
 * <p>
 * Promises, which one contract suite checks over every implementation:
 * <ul>
 * <li>An object is there whole or not at all: a reader never sees half of a
 * {@link #put}.</li>
 * <li>What was put is found, listed and opened by the next call.</li>
 * <li>Three answers: present, absent (an empty {@link Optional}, an object missing from a
 * listing), and not known, which is always an exception: a
 * {@link dev.longhaul.core.failure.TransientFailure} after the implementation's own
 * bounded retries, a {@link dev.longhaul.core.failure.RefusedRequest} where retrying is
 * useless. A bucket that does not exist is refused, not empty.</li>
 * <li>Safe for use by many threads.</li>
 * <li>Keys are relative to the root of the bucket or directory, have no leading slash, no
 * empty, {@code .} or {@code ..} segment and at most 1,024 bytes; others are refused with
 * {@link IllegalArgumentException} before anything is sent.</li>
 * </ul>
 * Components are lazy: constructing one opens no connection, so a store that is down
 * fails the first call, not the wiring.
 */
public interface ObjectStore extends AutoCloseable {

	/** Names the store for people, without any secret: {@code s3://bucket@region}. */
	String describe();

	/**
	 * One page of the flat listing of all keys that begin with a prefix, in order.
	 * @param prefix may be empty and may end inside a segment
	 * @param startAfter only keys strictly after this one; empty for the beginning. Need
	 * not name an object
	 * @return at most 1,000 objects
	 */
	ObjectPage list(String prefix, String startAfter);

	Optional<ObjectInfo> find(String key);

	/** Opens an object for reading; empty if there is none. */
	Optional<StoredObject> open(String key);

	/** Puts an object, replacing one of the same key. */
	void put(String key, byte[] content);

	/** Deletes objects. One that is not there counts as deleted. */
	void delete(Collection<String> keys);

	/**
	 * Asks the store about itself; fails like any call if it cannot be reached or
	 * refuses.
	 */
	StoreFacts examine();

	@Override
	void close();

}
