package dev.longhaul.scheduler.rest;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.NewToken;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.Token;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/tokens}.
 */
@RestController
public final class TokensController {

	private static final String PATH = "/api/v1/tokens";

	private static final int LONGEST_DAYS = 3660;

	private final Tokens tokens;

	public TokensController(Tokens tokens) {
		this.tokens = tokens;
	}

	@Needs(Scope.ADMIN)
	@GetMapping(PATH)
	Page<TokenView> list(@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		return Paging.of(cursor, limit).page(tokens::list, Token::id, TokenView::of);
	}

	@Needs(Scope.ADMIN)
	@GetMapping(PATH + "/{id}")
	TokenView one(@PathVariable String id) {
		return TokenView.of(tokens.find(id).orElseThrow(() -> unknown(id)));
	}

	@Needs(Scope.ADMIN)
	@PostMapping(PATH)
	ResponseEntity<NewTokenView> create(@RequestBody Wanted wanted, Caller caller) {
		NewToken made = tokens.create(wanted.order(), caller.name());
		return ResponseEntity.created(URI.create(PATH + "/" + made.token().id()))
			.header("Cache-Control", "no-store")
			.body(new NewTokenView(TokenView.of(made.token()), made.secret().reveal()));
	}

	@Needs(Scope.ADMIN)
	@DeleteMapping(PATH + "/{id}")
	ResponseEntity<Void> revoke(@PathVariable String id) {
		if (!tokens.revoke(id)) {
			throw unknown(id);
		}
		return ResponseEntity.noContent().build();
	}

	private static RefusedRequest unknown(String id) {
		return new RefusedRequest(FailureCode.NOT_FOUND, "there is no token '%s'".formatted(id),
				"GET /api/v1/tokens lists them");
	}

	/**
	 * @param days it lives; null for as long as it is not revoked
	 */
	record Wanted(@Nullable String name, @Nullable List<String> scopes, @Nullable Integer days) {

		TokenOrder order() {
			if (days != null && (days < 1 || days > LONGEST_DAYS)) {
				throw refused("'days' is 1 to %d, not %d".formatted(LONGEST_DAYS, days));
			}
			Set<Scope> known = EnumSet.noneOf(Scope.class);
			for (String word : (scopes != null) ? scopes : List.<String>of()) {
				known.add(Scope.of(String.valueOf(word))
					.orElseThrow(() -> refused("'scopes' names one that does not exist")));
			}
			return new TokenOrder((name != null) ? name : "", known, (days != null) ? Duration.ofDays(days) : null);
		}

		private static RefusedRequest refused(String fact) {
			return new RefusedRequest(FailureCode.INVALID_USAGE, fact,
					"scopes are read, operate, restore and admin; leave 'days' out for a token that does not expire");
		}

	}

	record TokenView(String id, String name, List<String> scopes, Instant createdAt, String createdBy,
			@Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {

		static TokenView of(Token token) {
			return new TokenView(token.id(), token.name(), token.scopes().stream().sorted().map(Scope::word).toList(),
					token.createdAt(), token.createdBy(), token.expiresAt(), token.lastUsedAt(), token.revokedAt());
		}

	}

	/**
	 * @param secret the token itself, this once
	 */
	record NewTokenView(TokenView token, String secret) {

		@Override
		public String toString() {
			return "NewTokenView[" + token + "]";
		}

	}

}
