package dev.longhaul.gitops.repository;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * How Longhaul makes itself known to a Git server.
 */
public sealed interface GitLogin {

	/** A repository that anybody may read. */
	record Anonymous() implements GitLogin {
	}

	/**
	 * A user's token, or password. Over HTTP.
	 */
	record Token(String user, String secret) implements GitLogin {

		@Override
		public String toString() {
			return "Token[" + user + "]";
		}

	}

	/**
	 * A private key, without a passphrase. Over SSH. Both files are read for every
	 * connection, so a Secret may change.
	 *
	 * @param file in OpenSSH's form or in PEM
	 * @param knownHosts in OpenSSH's form; a server that is not in it is not trusted
	 */
	record Key(Path file, Path knownHosts) implements GitLogin {

		/** As Argo CD, Flux, Kubernetes' own type of Secret, and OpenSSH name it. */
		private static final List<String> KEYS = List.of("sshPrivateKey", "identity", "ssh-privatekey", "id_ed25519",
				"id_rsa");

		/** As Flux and OpenSSH, and Argo CD name it. */
		private static final List<String> KNOWN_HOSTS = List.of("known_hosts", "ssh_known_hosts");

		/**
		 * @param directory where a Secret is mounted
		 * @throws RefusedRequest if it holds no key or no known hosts by any of the names
		 * that are usual
		 */
		public static Key in(Path directory) {
			return new Key(one(directory, KEYS, "private key"), one(directory, KNOWN_HOSTS, "known hosts"));
		}

		private static Path one(Path directory, List<String> names, String what) {
			return names.stream()
				.map(directory::resolve)
				.filter(Files::isRegularFile)
				.findFirst()
				.orElseThrow(() -> new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
						"there is no file of the %s in '%s'".formatted(what, directory),
						"looked for " + String.join(", ", names)));
		}

	}

}
