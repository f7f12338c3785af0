package dev.longhaul.scheduler.access;

import java.net.URI;
import java.util.List;

import dev.longhaul.scheduler.credential.SecretFile;
import org.jspecify.annotations.Nullable;

/**
 * This server as an OpenID provider knows it.
 *
 * @param id its name there
 * @param secret null for a public client
 * @param scopes asked for; {@code openid} is among them
 * @param redirect where the provider sends people back to
 */
public record SignOnClient(String id, @Nullable SecretFile secret, List<String> scopes, URI redirect) {

	public SignOnClient {
		scopes = List.copyOf(scopes);
	}

}
