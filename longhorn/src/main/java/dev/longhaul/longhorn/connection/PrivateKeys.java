package dev.longhaul.longhorn.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The algorithm of a private key in PEM form, which fabric8 wants to be told. k3s writes
 * keys of elliptic curves, kubeadm RSA.
 */
final class PrivateKeys {

	private static final Pattern PKCS8 = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

	private PrivateKeys() {
	}

	/** {@code EC} or {@code RSA}; the latter also if it cannot be told. */
	static String algorithm(byte[] pem) {
		String text = new String(pem, StandardCharsets.US_ASCII);
		if (text.contains("-----BEGIN EC PRIVATE KEY-----")) {
			return "EC";
		}
		Matcher pkcs8 = PKCS8.matcher(text);
		return (pkcs8.find() && isEllipticCurve(pkcs8.group(1))) ? "EC" : "RSA";
	}

	private static boolean isEllipticCurve(String base64) {
		try {
			byte[] key = Base64.getMimeDecoder().decode(base64);
			KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
			return true;
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return false;
		}
	}

}
