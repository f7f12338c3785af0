package dev.longhaul.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * What says who calls. It comes out of a file, because arguments and variables can be
 * seen by others on the machine.
 */
public final class BearerToken {

	/** A token of an OpenID provider takes a few KiB. */
	private static final int LONGEST = 16 * 1024;

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]+");

	private final String text;

	private BearerToken(String text) {
		this.text = text;
	}

	/**
	 * @throws RefusedRequest if the file cannot be read, or holds no token
	 */
	public static BearerToken in(Path file) {
		String text;
		try (InputStream in = Files.newInputStream(file)) {
			text = new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the file '%s' with the token cannot be read".formatted(file),
					"name one that holds a token, and is yours to read", ex);
		}
		if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "the file '%s' holds no token".formatted(file),
					"it holds one line, as 'longhaul-server token create' prints it: lh_ and 49 characters");
		}
		return new BearerToken(text);
	}

	String header() {
		return "Bearer " + text;
	}

	@Override
	public String toString() {
		return "BearerToken[…]";
	}

}
