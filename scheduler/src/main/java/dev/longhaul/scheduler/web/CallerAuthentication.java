package dev.longhaul.scheduler.web;

import java.util.List;
import java.util.Optional;

import dev.longhaul.scheduler.access.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * That somebody is who they say, as Spring Security carries it.
 */
final class CallerAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final Caller caller;

	CallerAuthentication(Caller caller) {
		super(List.of());
		this.caller = caller;
		setAuthenticated(true);
	}

	/** Of the request under way. */
	static Optional<Caller> current() {
		return (SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known)
				? Optional.of(known.caller) : Optional.empty();
	}

	@Override
	public Caller getPrincipal() {
		return caller;
	}

	@Override
	public String getName() {
		return caller.name();
	}

	/** Not kept. */
	@Override
	public String getCredentials() {
		return "";
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof CallerAuthentication that && caller.equals(that.caller);
	}

	@Override
	public int hashCode() {
		return caller.hashCode();
	}

}
