package dev.longhaul.backupstore.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A key as OpenSSL writes it. No message repeats what is in the file.
 */
final class PemFile {

	/** An Ed25519 key takes some 120 bytes. */
	private static final int LONGEST = 8 * 1024;

	private PemFile() {
	}

	/**
	 * @param label such as {@code PRIVATE KEY}
	 * @param hint how such a file is made
	 * @throws RefusedRequest if the file is not one key of that kind
	 */
	static byte[] read(Path file, String label, String hint) {
		try (InputStream content = Files.newInputStream(file)) {
			String text = new String(content.readNBytes(LONGEST), StandardCharsets.US_ASCII);
			return parse(text, "'%s'".formatted(file), label, hint);
		}
		catch (IOException ex) {
			throw refused("the key '%s' cannot be read".formatted(file), hint, ex);
		}
	}

	/**
	 * @param subject what the text is, for messages
	 * @throws RefusedRequest if it is not one key of that kind
	 */
	static byte[] parse(String text, String subject, String label, String hint) {
		Matcher pem = Pattern
			.compile("\\s*-----BEGIN %1$s-----\\s+([A-Za-z0-9+/=\\s]+)-----END %1$s-----\\s*".formatted(label))
			.matcher(text);
		try {
			if (pem.matches()) {
				return Base64.getMimeDecoder().decode(pem.group(1));
			}
		}
		catch (IllegalArgumentException ex) {
			throw refused("%s is no PEM file of one %s".formatted(subject, label), hint, null);
		}
		throw refused("%s is no PEM file of one %s".formatted(subject, label), hint, null);
	}

	static RefusedRequest refused(String fact, String hint, @Nullable Throwable cause) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint, cause);
	}

}
