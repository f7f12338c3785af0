package dev.longhaul.backupstore.format;

import java.util.Optional;

/**
 * The two sizes of blocks Longhorn writes.
 */
public enum BlockSize {

	/** The only one before Longhorn 1.10, and the default since. */
	MIB_2(2 * 1024 * 1024),

	MIB_16(16 * 1024 * 1024);

	private final int bytes;

	BlockSize(int bytes) {
		this.bytes = bytes;
	}

	public int bytes() {
		return bytes;
	}

	/**
	 * Reads the value of the parameter {@code backup-block-size}: a Kubernetes quantity;
	 * absent, empty and zero mean 2 MiB.
	 * @return empty if it is none of Longhorn's sizes
	 */
	static Optional<BlockSize> parse(String quantity) {
		return switch (quantity) {
			case "", "0", "2097152", "2Mi" -> Optional.of(MIB_2);
			case "16777216", "16Mi" -> Optional.of(MIB_16);
			default -> Optional.empty();
		};
	}

}
