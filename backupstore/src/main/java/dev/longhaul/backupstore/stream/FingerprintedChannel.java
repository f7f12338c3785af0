package dev.longhaul.backupstore.stream;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

import dev.longhaul.backupstore.object.ObjectUpload;
import dev.longhaul.core.export.Fingerprint;

/**
 * Hands bytes on to an upload and keeps their fingerprint. Closing it completes nothing.
 * <p>
 * After a failure it swallows what still comes: the filters in front of it write their
 * ends when they are closed, which would only fail again, and slowly.
 */
final class FingerprintedChannel implements WritableByteChannel {

	private final ObjectUpload upload;

	private final FingerprintBuilder fingerprint = new FingerprintBuilder();

	private byte[] buffer = new byte[0];

	private boolean failed;

	private boolean open = true;

	FingerprintedChannel(ObjectUpload upload) {
		this.upload = upload;
	}

	@Override
	public int write(ByteBuffer source) {
		int length = source.remaining();
		if (buffer.length < length) {
			buffer = new byte[length];
		}
		source.get(buffer, 0, length);
		if (!failed) {
			failed = true;
			upload.write(buffer, 0, length);
			fingerprint.add(buffer, 0, length);
			failed = false;
		}
		return length;
	}

	/** From now on everything is swallowed. */
	void fail() {
		failed = true;
	}

	Fingerprint fingerprint() {
		return fingerprint.build();
	}

	@Override
	public boolean isOpen() {
		return open;
	}

	@Override
	public void close() {
		open = false;
	}

}
