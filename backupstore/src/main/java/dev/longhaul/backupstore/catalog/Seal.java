package dev.longhaul.backupstore.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.backupstore.signature.SigningKey;
import dev.longhaul.backupstore.signature.TrustedKeys;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Signs documents, and refuses those that nobody trusted has signed.
 * <p>
 * The signature is the last field of a document. What it signs is the document without
 * that field, byte for byte, and nothing but that is ever read.
 */
public final class Seal {

	private static final String MARK = ",\n  \"signature\" : \"";

	private static final String END = "\n}\n";

	private static final Pattern SIGNATURE = Pattern
		.compile("ed25519:([A-Za-z0-9+/]{86}==)\"" + END.replace("}", "\\}"));

	private final @Nullable SigningKey key;

	private final @Nullable TrustedKeys trusted;

	private Seal(@Nullable SigningKey key, @Nullable TrustedKeys trusted) {
		this.key = key;
		this.trusted = trusted;
	}

	/** Signs nothing and believes everything. */
	public static Seal none() {
		return new Seal(null, null);
	}

	/** Whether anything is not believed. */
	public boolean checks() {
		return trusted != null;
	}

	/** Signs nothing and believes only what is signed by one of the keys. */
	public static Seal trusting(TrustedKeys trusted) {
		return new Seal(null, trusted);
	}

	/**
	 * Signs, and believes only what is signed by one of the keys.
	 * @throws RefusedRequest if the signing key's own public key is not among them
	 */
	public static Seal of(SigningKey key, TrustedKeys trusted) {
		byte[] sample = "longhaul".getBytes(StandardCharsets.US_ASCII);
		if (!trusted.accept(sample, key.sign(sample))) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the signing key belongs to none of the trusted public keys",
					"what is signed with it would be refused by its own writer; add its public key");
		}
		return new Seal(key, trusted);
	}

	/** Whose documents are believed, for comparisons. */
	String trust() {
		return (trusted != null) ? "signed by one of %s".formatted(trusted.fingerprints())
				: "signed by anybody or nobody";
	}

	byte[] close(byte[] document) {
		if (key == null) {
			return document;
		}
		String text = new String(document, StandardCharsets.ISO_8859_1);
		if (!text.endsWith(END)) {
			throw new IllegalArgumentException("the document does not end as ours do");
		}
		String signature = "ed25519:" + Base64.getEncoder().encodeToString(key.sign(document));
		String signed = text.substring(0, text.length() - END.length()) + MARK + signature + "\"" + END;
		return signed.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * @return the document that was signed
	 * @throws MalformedException if it is not signed as it must be
	 */
	byte[] open(byte[] stored) throws MalformedException {
		String text = new String(stored, StandardCharsets.ISO_8859_1);
		int mark = text.lastIndexOf(MARK);
		if (mark < 0) {
			if (trusted != null) {
				throw new MalformedException("it is not signed");
			}
			return stored;
		}
		Matcher signature = SIGNATURE.matcher(text).region(mark + MARK.length(), text.length());
		if (!signature.matches()) {
			throw new MalformedException("its signature is not the last field, or none of ours");
		}
		byte[] document = Arrays.copyOf(stored, mark + END.length());
		System.arraycopy(END.getBytes(StandardCharsets.US_ASCII), 0, document, mark, END.length());
		if (trusted != null && !trusted.accept(document, Base64.getDecoder().decode(signature.group(1)))) {
			throw new MalformedException("its signature does not fit: it was changed, or signed by another key");
		}
		return document;
	}

}
