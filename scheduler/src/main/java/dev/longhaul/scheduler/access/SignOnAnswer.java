package dev.longhaul.scheduler.access;

import org.jspecify.annotations.Nullable;

/**
 * What a browser brings back from the provider. Anybody can have made it up.
 *
 * @param issuer who says so; null with providers that do not tell (RFC 9207)
 * @param error why there is no code; null if there is one
 */
public record SignOnAnswer(@Nullable String state, @Nullable String code, @Nullable String issuer,
		@Nullable String error) {

	@Override
	public String toString() {
		return "SignOnAnswer[error=%s]".formatted(error);
	}

}
