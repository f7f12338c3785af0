package dev.longhaul.scheduler.rest;

import java.util.List;

import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/me}: who the server takes the caller for.
 */
@RestController
public final class MeController {

	@Needs(Scope.READ)
	@GetMapping("/api/v1/me")
	MeView me(Caller caller) {
		return new MeView(caller.name(), caller.scopes().stream().sorted().map(Scope::word).toList(), caller.token());
	}

	/**
	 * @param token the id of the caller's token; null for a user of an OpenID provider
	 */
	record MeView(String name, List<String> scopes, @Nullable String token) {
	}

}
