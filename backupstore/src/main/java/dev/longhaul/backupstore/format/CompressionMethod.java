package dev.longhaul.backupstore.format;

import java.util.Locale;
import java.util.Optional;

/**
 * How the blocks of a backup are compressed.
 */
public enum CompressionMethod {

	/** LZ4 frames. */
	LZ4,

	/** One gzip member per block. */
	GZIP,

	NONE;

	/**
	 * Reads Longhorn's word. Very old manifests have none, and were written with gzip.
	 * @return empty if the word is not known
	 */
	static Optional<CompressionMethod> parse(String word) {
		return switch (word) {
			case "lz4" -> Optional.of(LZ4);
			case "gzip", "" -> Optional.of(GZIP);
			case "none" -> Optional.of(NONE);
			default -> Optional.empty();
		};
	}

	/**
	 * Whether Longhorn reads a block that is stored so when its backup declares this
	 * method: it tells lz4 and gzip by the bytes, and takes everything else as it stands.
	 */
	public boolean reads(CompressionMethod stored) {
		return (this == NONE) == (stored == NONE);
	}

	/** Longhorn's word. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
