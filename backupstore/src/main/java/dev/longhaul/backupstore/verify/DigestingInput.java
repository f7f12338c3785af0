package dev.longhaul.backupstore.verify;

import java.io.InputStream;
import java.security.DigestInputStream;

/** Bytes on their way to a parser, with the digest of those that passed. */
final class DigestingInput extends DigestInputStream {

	DigestingInput(InputStream in) {
		super(in, ContentDigest.newSha256());
	}

	ContentDigest digest() {
		return ContentDigest.ofDigest(getMessageDigest());
	}

}
