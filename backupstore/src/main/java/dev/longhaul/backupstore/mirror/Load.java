package dev.longhaul.backupstore.mirror;

import dev.longhaul.core.volume.ByteSize;

/**
 * A number of objects and the stored bytes they have together.
 */
public record Load(long count, ByteSize size) {

	public static final Load NONE = new Load(0, ByteSize.ZERO);

	public Load {
		if (count < 0) {
			throw new IllegalArgumentException("a number of objects is never negative: " + count);
		}
	}

	public Load plus(Load other) {
		return new Load(count + other.count, size.plus(other.size));
	}

	Load plus(long bytes) {
		return new Load(count + 1, size.plus(new ByteSize(bytes)));
	}

}
