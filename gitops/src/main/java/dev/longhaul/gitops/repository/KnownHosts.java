package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one server may have. Whatever else it shows is refused: there is nobody
 * to ask, and no first time that is trusted.
 */
final class KnownHosts implements ServerKeyDatabase {

	private static final String REVOKED = "revoked";

	private final String server;

	private final List<PublicKey> trusted = new ArrayList<>();

	private final List<PublicKey> revoked = new ArrayList<>();

	private volatile @Nullable String refusal;

	private KnownHosts(String server) {
		this.server = server;
	}

	/**
	 * @throws RefusedRequest if the file cannot be read
	 */
	static KnownHosts read(Path file, String host, int port) {
		KnownHosts known = new KnownHosts((port == GitSource.SSH_PORT) ? host : "[" + host + "]:" + port);
		try {
			CredentialFile.requireShort(file);
			for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
				known.add(entry, host, port);
			}
			return known;
		}
		catch (IOException | GeneralSecurityException | RuntimeException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the known hosts in '%s' cannot be read: %s".formatted(file, ex.getMessage()),
					"expected a file as ssh-keyscan writes it", ex);
		}
	}

	private void add(KnownHostEntry entry, String host, int port) throws IOException, GeneralSecurityException {
		PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
		if (key == null) {
			return;
		}
		if (REVOKED.equals(entry.getMarker())) {
			// Whatever hosts it names: MINA takes '*' for port 22 only.
			revoked.add(key);
		}
		else if (entry.getMarker() == null && entry.isHostMatch(host, port)) {
			trusted.add(key);
		}
	}

	/** What the server has is asked for first. */
	@Override
	public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
		return List.copyOf(trusted);
	}

	@Override
	public boolean accept(String connectAddress, InetSocketAddress remoteAddress, PublicKey serverKey,
			Configuration config, CredentialsProvider provider) {
		if (KeyUtils.findMatchingKey(serverKey, revoked) != null) {
			refusal = "the key of %s is revoked: %s".formatted(server, shown(serverKey));
		}
		else if (KeyUtils.findMatchingKey(serverKey, trusted) == null) {
			refusal = trusted.isEmpty()
					? "%s is not among the known hosts; its key is %s".formatted(server, shown(serverKey))
					: "the key of %s is not the one that is known; it is %s".formatted(server, shown(serverKey));
		}
		return refusal == null;
	}

	private static String shown(PublicKey key) {
		return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
	}

	/** Why the server was refused; null if it was not. */
	@Nullable String refusal() {
		return refusal;
	}

}
