package dev.longhaul.backupstore.testing;

import java.time.Instant;

import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.backupstore.object.StreamingStore;

/**
 * A streaming store that leaves everything to another one.
 */
public class ForwardingStreamingStore extends ForwardingObjectStore implements StreamingStore {

	private final StreamingStore delegate;

	public ForwardingStreamingStore(StreamingStore delegate) {
		super(delegate);
		this.delegate = delegate;
	}

	@Override
	public ObjectUpload upload(String key) {
		return delegate.upload(key);
	}

	@Override
	public int giveUpUploads(String folder, Instant begunBefore) {
		return delegate.giveUpUploads(folder, begunBefore);
	}

}
