package dev.longhaul.scheduler.access;

import java.util.Map;

/**
 * What is believed of an OpenID provider's tokens.
 *
 * @param issuer its URL, as its tokens have it
 * @param audience this server, as its tokens have it
 * @param rolesClaim where the roles are; dots lead into objects
 * @param roles what each allows; any other allows nothing
 */
public record IssuerTrust(String issuer, String audience, String rolesClaim, Map<String, Scope> roles) {

	public IssuerTrust {
		roles = Map.copyOf(roles);
	}

}
