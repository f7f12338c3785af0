package dev.longhaul.backupstore.stream;

import java.io.IOException;
import java.io.InputStream;

import dev.longhaul.core.digest.Sha256;
import dev.longhaul.core.export.Fingerprint;
import dev.longhaul.core.volume.ByteSize;

/**
 * Gathers a fingerprint while bytes pass by.
 */
final class FingerprintBuilder {

	private static final int BUFFER = 64 * 1024;

	private final Sha256 digest = new Sha256();

	private long size;

	void add(byte[] bytes, int offset, int length) {
		digest.add(bytes, offset, length);
		size += length;
	}

	/** Once. */
	Fingerprint build() {
		return new Fingerprint(new ByteSize(size), digest.finish());
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
