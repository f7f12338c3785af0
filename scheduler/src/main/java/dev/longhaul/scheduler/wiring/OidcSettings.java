package dev.longhaul.scheduler.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.IssuerTrust;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.SignOnClient;
import dev.longhaul.scheduler.credential.SecretFile;
import dev.longhaul.scheduler.web.SingleSignOnController;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer the provider's URL, as its tokens have it
 * @param audience this server's name at the provider
 * @param rolesClaim where its tokens have the roles; dots lead into objects
 * @param roles the scope that a role gives, by the role's name
 * @param clientId as which it signs people in; null if it does not
 * @param clientSecretFile a file with its password there; null for a public client
 * @param scopes asked of the provider for whom it signs in
 */
public record OidcSettings(String issuer, String audience, String rolesClaim, Map<String, String> roles,
		@Nullable String clientId, @Nullable Path clientSecretFile, List<String> scopes) {

	private static final String OPENID = "openid";

	public OidcSettings(@Nullable String issuer, @Nullable String audience, @DefaultValue("roles") String rolesClaim,
			@DefaultValue Map<String, String> roles, @Nullable String clientId, @Nullable Path clientSecretFile,
			@DefaultValue({ OPENID, "profile" }) List<String> scopes) {
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
		this.clientId = clientId;
		this.clientSecretFile = clientSecretFile;
		this.scopes = List.copyOf(scopes);
		if (clientId != null && clientId.isBlank()) {
			throw wrong("client-id", "as what the provider knows this server");
		}
		if (!scopes.contains(OPENID)) {
			throw wrong("scopes", "scopes of the provider, among them openid");
		}
		trust();
	}

	IssuerTrust trust() {
		Map<String, Scope> scopes = new HashMap<>();
		roles.forEach((role, word) -> scopes.put(role,
				Scope.of(word).orElseThrow(() -> wrong("roles", "roles with read, operate, restore or admin"))));
		return new IssuerTrust(issuer, audience, rolesClaim, scopes);
	}

	/**
	 * Null if people do not sign in there.
	 * @param publicUrl under which they reach this server
	 */
	@Nullable SignOnClient client(@Nullable URI publicUrl) {
		if (clientId == null) {
			return null;
		}
		if (publicUrl == null) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"longhaul.server.oidc.client-id needs longhaul.server.public-url",
					"set the address under which people reach this server: the provider sends them back there");
		}
		return new SignOnClient(clientId, (clientSecretFile != null) ? new SecretFile(clientSecretFile) : null, scopes,
				publicUrl.resolve(SingleSignOnController.ANSWER));
	}

	private static RefusedRequest wrong(String name, String expected) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
				"longhaul.server.oidc.%s must be %s".formatted(name, expected), "correct it in the configuration file");
	}

}
