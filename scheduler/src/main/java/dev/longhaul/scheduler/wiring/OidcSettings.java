package dev.longhaul.scheduler.wiring;

import java.util.HashMap;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.IssuerTrust;
import dev.longhaul.scheduler.access.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer the provider's URL, as its tokens have it
 * @param audience this server's name at the provider
 * @param rolesClaim where its tokens have the roles; dots lead into objects
 * @param roles the scope that a role gives, by the role's name
 */
public record OidcSettings(String issuer, String audience, String rolesClaim, Map<String, String> roles) {

	public OidcSettings(@Nullable String issuer, @Nullable String audience, @DefaultValue("roles") String rolesClaim,
			@DefaultValue Map<String, String> roles) {
		if (issuer == null || !issuer.matches("https?://[^\\s?#]+")) {
			throw wrong("issuer", "the URL of an OpenID provider");
		}
		if (audience == null || audience.isBlank()) {
			throw wrong("audience", "this server's name at the provider");
		}
		this.issuer = issuer;
		this.audience = audience;
		this.rolesClaim = rolesClaim;
		this.roles = Map.copyOf(roles);
		trust();
	}

	IssuerTrust trust() {
		Map<String, Scope> scopes = new HashMap<>();
		roles.forEach((role, word) -> scopes.put(role,
				Scope.of(word).orElseThrow(() -> wrong("roles", "roles with read, operate, restore or admin"))));
		return new IssuerTrust(issuer, audience, rolesClaim, scopes);
	}

	private static RefusedRequest wrong(String name, String expected) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"longhaul.server.oidc.%s must be %s".formatted(name, expected), "correct it in the configuration file");
	}

}
