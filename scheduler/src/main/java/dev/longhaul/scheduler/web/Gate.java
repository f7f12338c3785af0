package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;

/**
 * Who gets in: nobody, but to ask for the server's health.
 */
public final class Gate {

	private static final String[] OPEN = { "/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness" };

	private final ProblemWriter problems;

	public Gate(ProblemWriter problems) {
		this.problems = problems;
	}

	/** The filters in front of every request. */
	public DefaultSecurityFilterChain close(HttpSecurity http) {
		return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests(requests -> requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
			.exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, failure) -> {
				response.setHeader("WWW-Authenticate", "Bearer realm=\"longhaul\"");
				refuse(401, "this address needs a token", response);
			}).accessDeniedHandler((request, response, failure) -> refuse(403, "this is not allowed", response)))
			.build();
	}

	private void refuse(int status, String fact, HttpServletResponse response) throws IOException {
		problems.write(StatusProblems.of(status, fact), response);
	}

}
