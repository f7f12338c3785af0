package dev.longhaul.scheduler.web;

import dev.longhaul.scheduler.access.AuditOutcome;
import dev.longhaul.scheduler.access.Authenticator;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who gets in: nobody, but to ask for the server's health and to sign in, which takes a
 * look as well.
 * <p>
 * Programs bring a token with every request. Browsers bring a session, which a token has
 * opened; so whatever a browser can be made to send has to prove that a page of ours made
 * it.
 */
public final class Gate {

	/** Of a page: nothing from elsewhere, and no script that is not a file of ours. */
	public static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
			+ " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	static final String SIGN_IN = "sign in";

	private static final String[] OPEN = { "/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness", SingleSignOnController.PATH, SingleSignOnController.ANSWER, LoginPage.PATH,
			AssetController.PATHS };

	private final Authenticator authenticator;

	private final Refusals refusals;

	private final AuditTrail trail;

	private final Cookies cookies;

	/**
	 * @param cookies as the address of the server allows them
	 */
	public Gate(Authenticator authenticator, ProblemWriter problems, PageWriter pages, LoginPage login,
			AuditTrail trail, Cookies cookies) {
		this.authenticator = authenticator;
		this.refusals = new Refusals(problems, pages, login, trail);
		this.trail = trail;
		this.cookies = cookies;
	}

	/** The filters in front of every request. */
	public DefaultSecurityFilterChain close(HttpSecurity http) {
		return http
			.authorizeHttpRequests(requests -> requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
			.addFilterBefore(new BearerFilter(authenticator, refusals), AuthorizationFilter.class)
			.exceptionHandling(failures -> failures
				.authenticationEntryPoint((request, response, failure) -> refusals.unknown(request, response))
				.accessDeniedHandler((request, response, failure) -> refusals.forged(request, response)))
			.csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()).ignoringRequestMatchers(BearerFilter::isBearer))
			.formLogin(form -> form.loginPage(LoginPage.PATH)
				.usernameParameter(LoginPage.NEXT)
				.passwordParameter(LoginPage.TOKEN)
				.successHandler((request, response, known) -> {
					trail.atTheGate(request, AuditOutcome.DONE, SIGN_IN, "");
					response.sendRedirect(LoginPage.next(request.getParameter(LoginPage.NEXT)));
				})
				.failureHandler(
						(request, response, failure) -> refusals.refuse(SignIn.failure(failure), request, response)))
			.authenticationManager(new ProviderManager(new SignIn(authenticator)))
			.logout(logout -> logout.logoutUrl("/logout")
				.logoutSuccessUrl(LoginPage.PATH)
				.deleteCookies(cookies.session()))
			.requestCache(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.headers(Gate::headers)
			.build();
	}

	private static void headers(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
			.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
			.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
	}

	private CookieCsrfTokenRepository csrfTokens() {
		CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
		repository.setCookieName(cookies.csrf());
		repository.setCookiePath("/");
		repository.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict").secure(cookies.isSecure()));
		return repository;
	}

}
