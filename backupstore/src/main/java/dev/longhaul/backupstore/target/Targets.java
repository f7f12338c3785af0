package dev.longhaul.backupstore.target;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import dev.longhaul.backupstore.directory.DirectoryObjectStore;
import dev.longhaul.backupstore.object.CallListener;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.s3.S3Credentials;
import dev.longhaul.backupstore.s3.S3Limits;
import dev.longhaul.backupstore.s3.S3ObjectStore;
import dev.longhaul.backupstore.s3.S3Settings;
import dev.longhaul.backupstore.s3.S3Settings.Addressing;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store that a URL names, with the variables that Longhorn's credential Secret
 * holds, under Longhorn's own names: {@code AWS_ACCESS_KEY_ID},
 * {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_ENDPOINTS}, {@code AWS_CERT},
 * {@code VIRTUAL_HOSTED_STYLE}, {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code NO_PROXY}. Nothing else is looked at: no profile, no metadata service.
 */
public final class Targets {

	private static final String KEY_ID = "AWS_ACCESS_KEY_ID";

	private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

	private static final String ENDPOINT = "AWS_ENDPOINTS";

	private static final String CERTIFICATE = "AWS_CERT";

	private static final String VIRTUAL_HOSTED = "VIRTUAL_HOSTED_STYLE";

	private static final int MAX_CERTIFICATE = 1024 * 1024;

	private Targets() {
	}

	/**
	 * Opens a store. Nothing is asked of it yet.
	 * @param variables by Longhorn's names
	 * @throws RefusedRequest if a variable is missing or wrong; the message names it and
	 * never its value
	 */
	public static StreamingStore open(TargetUrl url, Map<String, String> variables, Clock clock) {
		return open(url, variables, clock, (callClass, sent, received) -> {
		});
	}

	/**
	 * Opens a store. Nothing is asked of it yet.
	 * @param variables by Longhorn's names
	 * @param calls is told of what is paid for; a directory costs nothing
	 * @throws RefusedRequest if a variable is missing or wrong; the message names it and
	 * never its value
	 */
	public static StreamingStore open(TargetUrl url, Map<String, String> variables, Clock clock, CallListener calls) {
		if (url instanceof TargetUrl.Directory directory) {
			return new DirectoryObjectStore(directory.root());
		}
		return new S3ObjectStore(settings((TargetUrl.S3) url, variables), clock, calls);
	}

	static S3Settings settings(TargetUrl.S3 url, Map<String, String> variables) {
		S3Credentials credentials = new S3Credentials(required(variables, KEY_ID), required(variables, SECRET));
		URI endpoint = endpoint(url, variables);
		return new S3Settings(endpoint, url.region(), url.bucket(), addressing(variables), credentials,
				certificate(variables), new ProxyVariables(variables).proxyFor(endpoint), S3Limits.DEFAULT);
	}

	private static String required(Map<String, String> variables, String name) {
		String value = variables.getOrDefault(name, "");
		if (value.isBlank()) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS, "%s is not set".formatted(name),
					"set %s, %s and %s as Longhorn's credential Secret has them".formatted(KEY_ID, SECRET, ENDPOINT));
		}
		if (!value.equals(value.strip())) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"%s begins or ends with white space".formatted(name),
					"remove it; a line feed often comes from 'echo' without -n");
		}
		return value;
	}

	/**
	 * As Longhorn does: a custom endpoint is spoken to in path style unless told
	 * otherwise.
	 */
	private static Addressing addressing(Map<String, String> variables) {
		String style = variables.getOrDefault(VIRTUAL_HOSTED, "");
		return switch (style) {
			case "true" -> Addressing.VIRTUAL_HOSTED;
			case "false" -> Addressing.PATH;
			case "" -> variables.getOrDefault(ENDPOINT, "").isEmpty() ? Addressing.VIRTUAL_HOSTED : Addressing.PATH;
			default -> throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"%s is neither true nor false".formatted(VIRTUAL_HOSTED), "set it to one of them, or not at all");
		};
	}

	static URI endpoint(TargetUrl.S3 url, Map<String, String> variables) {
		String endpoint = variables.getOrDefault(ENDPOINT, "").strip();
		if (endpoint.isEmpty()) {
			return URI.create("https://s3.%s.amazonaws.com".formatted(url.region()));
		}
		try {
			URI uri = new URI(endpoint);
			boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
			boolean bare = uri.getUserInfo() == null && uri.getQuery() == null
					&& (uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/"));
			if (web && bare && uri.getHost() != null) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// Without the value, here and in the cause: people have put keys into it.
		}
		throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "%s is not the URL of a server".formatted(ENDPOINT),
				"write it as https://s3.eu-central-003.backblazeb2.com, without bucket or path");
	}

	/**
	 * Longhorn's variable holds the certificates themselves; a path to them is understood
	 * too.
	 */
	private static @Nullable String certificate(Map<String, String> variables) {
		String value = variables.getOrDefault(CERTIFICATE, "").strip();
		if (value.isEmpty()) {
			return null;
		}
		return value.startsWith("-----BEGIN") ? value : readCertificate(value);
	}

	private static String readCertificate(String path) {
		try {
			Path file = Path.of(path);
			if (Files.size(file) > MAX_CERTIFICATE) {
				throw new IOException("it is larger than " + MAX_CERTIFICATE + " bytes");
			}
			return Files.readString(file);
		}
		catch (IOException | InvalidPathException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"%s is neither certificates in PEM nor a file of them".formatted(CERTIFICATE),
					"give the text that begins with -----BEGIN CERTIFICATE-----, or the path of a file with it", ex);
		}
	}

}
