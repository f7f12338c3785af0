package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.volume.ByteSize;

/**
 * Gathers a fingerprint while bytes pass by.
 */
final class FingerprintBuilder {

	private static final int BUFFER = 64 * 1024;

	private final MessageDigest digest;

	private long size;

	FingerprintBuilder() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	void add(byte[] bytes, int offset, int length) {
		digest.update(bytes, offset, length);
		size += length;
	}

	/** Once. */
	Fingerprint build() {
		return new Fingerprint(new ByteSize(size), HexFormat.of().formatHex(digest.digest()));
	}

	/** Of everything a stream has left. */
	static Fingerprint of(InputStream content) throws IOException {
		FingerprintBuilder fingerprint = new FingerprintBuilder();
		byte[] buffer = new byte[BUFFER];
		for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
			fingerprint.add(buffer, 0, count);
		}
		return fingerprint.build();
	}

}
