package dev.longhaul.backupstore.s3;

import org.jspecify.annotations.Nullable;

/**
 * The proxy through which a bucket is reached.
 *
 * @param login null if the proxy asks for none
 */
public record HttpProxy(String host, int port, @Nullable Login login) {

	public HttpProxy {
		if (host.isBlank() || port < 1 || port > 65_535) {
			throw new IllegalArgumentException("a proxy has a host and a port, not '" + host + ":" + port + "'");
		}
	}

	/** Who may use the proxy. */
	public record Login(String user, String password) {

		/** Constant, so that no message, log or trace can hold the password. */
		@Override
		public String toString() {
			return "Login[...]";
		}

	}

}
