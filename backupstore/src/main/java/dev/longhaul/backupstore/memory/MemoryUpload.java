package dev.longhaul.backupstore.memory;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

import dev.longhaul.backupstore.object.ObjectUpload;

/**
 * An object gathered in memory.
 */
final class MemoryUpload implements ObjectUpload {

	private final ByteArrayOutputStream content = new ByteArrayOutputStream();

	private final Consumer<byte[]> put;

	MemoryUpload(Consumer<byte[]> put) {
		this.put = put;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		content.write(bytes, offset, length);
	}

	@Override
	public void complete() {
		put.accept(content.toByteArray());
	}

	@Override
	public void close() {
		// Nothing was put yet.
	}

}
