package dev.longhaul.scheduler.notification;

import java.nio.file.Path;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;

/**
 * A directory as Kubernetes mounts a Secret: a file per value.
 */
public record Credentials(Path directory) {

	static final String USER = "username";

	static final String PASSWORD = "password";

	static final String TOKEN = "token";

	static final String URL = "url";

	static final String AUTHORITY = "ca.crt";

	/** One of its values, by the name of its file. */
	public SecretFile file(String name) {
		return new SecretFile(directory.resolve(name));
	}

	/** A URL that is a secret. */
	public WebAddress.Secret address() {
		return new WebAddress.Secret(file(URL));
	}

	/**
	 * Reads each, to find out at the start what is missing.
	 * @throws RefusedRequest if one cannot be used
	 */
	void require(String... names) {
		for (String name : names) {
			file(name).read();
		}
	}

}
