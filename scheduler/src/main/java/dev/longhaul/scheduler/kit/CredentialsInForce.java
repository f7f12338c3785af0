package dev.longhaul.scheduler.kit;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;

/**
 * What opens the bucket now: for the server, and for Longhorn, which may have a key of
 * its own.
 */
public final class CredentialsInForce {

	private final Map<String, Secret> own;

	private final Supplier<Optional<NamedSecret>> ofLonghorn;

	/**
	 * @param own variables with which the server opens the target
	 * @param ofLonghorn the Secret that Longhorn opens it with; may fail
	 */
	public CredentialsInForce(Map<String, Secret> own, Supplier<Optional<NamedSecret>> ofLonghorn) {
		this.own = Map.copyOf(own);
		this.ofLonghorn = ofLonghorn;
	}

	/** The server's. */
	Map<String, Secret> own() {
		return own;
	}

	/** Longhorn's; empty if they cannot be read, which the server need not be allowed. */
	Optional<Map<String, Secret>> ofLonghorn() {
		try {
			return ofLonghorn.get().map(NamedSecret::data);
		}
		catch (Interruption ex) {
			throw ex;
		}
		catch (LonghaulException ex) {
			return Optional.empty();
		}
	}

}
