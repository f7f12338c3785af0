package dev.longhaul.backupstore.testing;

import java.util.Collection;
import java.util.Optional;

import dev.longhaul.backupstore.object.ObjectInfo;
import dev.longhaul.backupstore.object.ObjectPage;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.backupstore.object.StoredObject;

/**
 * A store that leaves everything to another one, for a test to change what it is about.
 */
public class ForwardingObjectStore implements ObjectStore {

	private final ObjectStore delegate;

	public ForwardingObjectStore(ObjectStore delegate) {
		this.delegate = delegate;
	}

	@Override
	public String describe() {
		return delegate.describe();
	}

	@Override
	public ObjectPage list(String prefix, String startAfter) {
		return delegate.list(prefix, startAfter);
	}

	@Override
	public Optional<ObjectInfo> find(String key) {
		return delegate.find(key);
	}

	@Override
	public Optional<StoredObject> open(String key) {
		return delegate.open(key);
	}

	@Override
	public void put(String key, byte[] content) {
		delegate.put(key, content);
	}

	@Override
	public void delete(Collection<String> keys) {
		delegate.delete(keys);
	}

	@Override
	public StoreFacts examine() {
		return delegate.examine();
	}

	@Override
	public void close() {
		delegate.close();
	}

}
