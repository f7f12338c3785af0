package dev.longhaul.scheduler.notification;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;

/**
 * Where a web service listens. Any host is fine: many listen at home.
 */
public sealed interface WebAddress {

	/**
	 * @throws RefusedRequest if there is none that can be used now
	 */
	URI uri();

	/** Host and port, for people: no secret, other than paths. */
	default String place() {
		URI uri = uri();
		return (uri.getPort() >= 0) ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
	}

	/** One that everybody may know. */
	record Known(URI uri) implements WebAddress {
	}

	/** One that is a secret itself: who knows it may write there. */
	record Secret(SecretFile file) implements WebAddress {

		@Override
		public URI uri() {
			return parse(file.read()).orElseThrow(() -> new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the credential '%s' is no URL of http or https".formatted(file.path()),
					"put the whole URL there, as the service shows it"));
		}

	}

	/**
	 * @throws RefusedRequest if it is no URL, or has a secret in it
	 */
	static WebAddress of(String url) {
		return parse(url).map(Known::new)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"a URL of a notification channel is none of http or https, or has a user or a password in it",
					"write https://host/path; a URL that is a secret goes into the file 'url' of the credentials"));
	}

	private static Optional<URI> parse(String text) {
		try {
			URI uri = new URI(text);
			boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			return Optional.of(uri)
				.filter(found -> web && found.getHost() != null && found.getRawUserInfo() == null
						&& found.getRawFragment() == null);
		}
		catch (URISyntaxException ex) {
			// Its message repeats the text.
			return Optional.empty();
		}
	}

}
