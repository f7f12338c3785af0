package dev.longhaul.scheduler.web;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.Authenticator;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Opens a session to who gives a token into the form.
 */
final class SignIn implements AuthenticationProvider {

	private final Authenticator authenticator;

	SignIn(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	@Override
	public Authentication authenticate(Authentication form) throws AuthenticationException {
		String address = (form.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: "";
		try {
			return new CallerAuthentication(
					authenticator.authenticate(String.valueOf(form.getCredentials()).strip(), address));
		}
		catch (LonghaulException ex) {
			throw new BadCredentialsException(ex.fact(), ex);
		}
	}

	/** Why somebody was not let in. */
	static LonghaulException failure(AuthenticationException failure) {
		return (failure.getCause() instanceof LonghaulException known) ? known : new RefusedRequest(
				FailureCode.NOT_AUTHENTICATED, "this form was not understood", "sign in again", failure);
	}

	@Override
	public boolean supports(Class<?> kind) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
	}

}
