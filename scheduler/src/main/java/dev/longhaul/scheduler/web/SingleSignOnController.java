package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.AuditOutcome;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.SignOnAnswer;
import dev.longhaul.scheduler.access.SignOnAttempt;
import dev.longhaul.scheduler.access.SingleSignOn;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /login/single}: to the OpenID provider, and back. What has to be known when
 * somebody comes back is in a cookie of theirs, so who only begins costs nothing.
 */
@Controller
public final class SingleSignOnController {

	/** Where it begins. */
	static final String PATH = LoginPage.PATH + "/single";

	/** Where the provider sends people back to. */
	public static final String ANSWER = PATH + "/answer";

	/** To find a password, and a second factor. */
	private static final Duration PATIENCE = Duration.ofMinutes(15);

	/** Of the page to go on with, in characters. */
	private static final int LONGEST_NEXT = 1000;

	private final @Nullable SingleSignOn signOn;

	private final LoginPage login;

	private final AuditTrail trail;

	private final Cookies cookies;

	private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

	/**
	 * @param signOn null if there is no provider to ask
	 */
	public SingleSignOnController(@Nullable SingleSignOn signOn, LoginPage login, AuditTrail trail, Cookies cookies) {
		this.signOn = signOn;
		this.login = login;
		this.trail = trail;
		this.cookies = cookies;
	}

	@Open
	@GetMapping(PATH)
	void begin(@RequestParam(required = false) @Nullable String next, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		SingleSignOn provider = provider();
		SignOnAttempt attempt = provider.begin();
		try {
			String address = provider.address(attempt).toString();
			response.addHeader(HttpHeaders.SET_COOKIE, cookie(kept(attempt, LoginPage.next(next)), PATIENCE));
			response.sendRedirect(address);
		}
		catch (LonghaulException ex) {
			login.write(FailureProblems.of(ex), request, response);
		}
	}

	@Open
	@GetMapping(ANSWER)
	void answer(@RequestParam(required = false) @Nullable String state,
			@RequestParam(required = false) @Nullable String code, @RequestParam(required = false) @Nullable String iss,
			@RequestParam(required = false) @Nullable String error, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		SingleSignOn provider = provider();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO));
		try {
			Kept kept = kept(request);
			Caller caller = provider.finish(kept.attempt(), new SignOnAnswer(state, code, iss, error),
					request.getRemoteAddr());
			open(caller, request, response);
			trail.atTheGate(request, AuditOutcome.DONE, Gate.SIGN_IN, "by " + provider.provider());
			response.sendRedirect(kept.next());
		}
		catch (LonghaulException ex) {
			trail.atTheGate(request, AuditOutcome.REFUSED, Gate.SIGN_IN, ex.fact());
			login.write(FailureProblems.of(ex), request, response);
		}
	}

	private SingleSignOn provider() {
		if (signOn == null) {
			throw new RefusedRequest(FailureCode.NOT_FOUND, "there is no single sign-on here",
					"sign in with a token; longhaul.server.oidc.client-id would name this server to a provider");
		}
		return signOn;
	}

	/** In a session of its own, so that nobody has prepared one. */
	private void open(Caller caller, HttpServletRequest request, HttpServletResponse response) {
		HttpSession old = request.getSession(false);
		if (old != null) {
			old.invalidate();
		}
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(new CallerAuthentication(caller));
		SecurityContextHolder.setContext(context);
		sessions.saveContext(context, request, response);
	}

	private static String kept(SignOnAttempt attempt, String next) {
		String page = (next.length() <= LONGEST_NEXT) ? next : "/";
		return attempt.secret() + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.UTF_8));
	}

	private Kept kept(HttpServletRequest request) {
		for (Cookie cookie : Objects.requireNonNullElse(request.getCookies(), new Cookie[0])) {
			String[] parts = cookie.getValue().split("\\.", 2);
			if (cookie.getName().equals(cookies.signOn()) && parts.length == 2 && SignOnAttempt.isSecret(parts[0])) {
				return new Kept(new SignOnAttempt(parts[0]), LoginPage.next(decoded(parts[1])));
			}
		}
		throw new RefusedRequest(FailureCode.NOT_AUTHENTICATED,
				"this browser did not begin to sign in, or too long ago", "sign in again");
	}

	private static @Nullable String decoded(String text) {
		try {
			return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** Lax: it has to come back with somebody whom another site sends. */
	private String cookie(String value, Duration age) {
		return ResponseCookie.from(cookies.signOn(), value)
			.path("/")
			.httpOnly(true)
			.secure(cookies.isSecure())
			.sameSite("Lax")
			.maxAge(age)
			.build()
			.toString();
	}

	/**
	 * What a browser kept.
	 *
	 * @param next the page to go on with
	 */
	private record Kept(SignOnAttempt attempt, String next) {

	}

}
