package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.util.Optional;

import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.scheduler.access.Authenticator;
import dev.longhaul.scheduler.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who brings a token. One that is not valid ends the request, whatever session
 * came with it; and a session ends when its token does.
 */
final class BearerFilter extends OncePerRequestFilter {

	private static final String SCHEME = "Bearer ";

	private final Authenticator authenticator;

	private final Refusals refusals;

	BearerFilter(Authenticator authenticator, Refusals refusals) {
		this.authenticator = authenticator;
		this.refusals = refusals;
	}

	/** Whether a program calls: no browser sends this header by itself. */
	static boolean isBearer(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isBearer(request)) {
			try {
				String token = request.getHeader(HttpHeaders.AUTHORIZATION).substring(SCHEME.length()).strip();
				let(authenticator.authenticate(token, request.getRemoteAddr()));
			}
			catch (LonghaulException ex) {
				refusals.refuse(ex, request, response);
				return;
			}
		}
		else {
			endIfRevoked(request);
		}
		chain.doFilter(request, response);
	}

	private static void let(Caller caller) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(new CallerAuthentication(caller));
		SecurityContextHolder.setContext(context);
	}

	private void endIfRevoked(HttpServletRequest request) {
		Optional<Caller> caller = CallerAuthentication.current();
		if (caller.isPresent() && !authenticator.isStillValid(caller.get())) {
			SecurityContextHolder.clearContext();
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.invalidate();
			}
		}
	}

	/** The thread that answers later has to know who asked, too. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
