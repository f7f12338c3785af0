package dev.longhaul.scheduler.web;

import java.io.IOException;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.scheduler.access.AuditOutcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Says no at the gate: to a browser with the page that lets it in, to anybody else with a
 * problem.
 */
final class Refusals {

	private final ProblemWriter problems;

	private final PageWriter pages;

	private final LoginPage login;

	private final AuditTrail trail;

	Refusals(ProblemWriter problems, PageWriter pages, LoginPage login, AuditTrail trail) {
		this.problems = problems;
		this.pages = pages;
		this.login = login;
		this.trail = trail;
	}

	void refuse(LonghaulException failure, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (failure.code() == FailureCode.NOT_AUTHENTICATED) {
			trail.atTheGate(request, AuditOutcome.REFUSED, "bring a token", failure.fact());
		}
		FailureProblems.retryAfter(failure)
			.ifPresent(delay -> response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(delay.toSeconds())));
		refuse(FailureProblems.of(failure), request, response);
	}

	void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
		refuse(StatusProblems.of(HttpServletResponse.SC_UNAUTHORIZED, "this address needs a token"), request, response);
	}

	/** A request that a browser may have been made to send. */
	void forged(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (CallerAuthentication.current().isEmpty() && !LoginPage.isTarget(request)) {
			unknown(request, response);
			return;
		}
		refuse(StatusProblems.of(HttpServletResponse.SC_FORBIDDEN,
				"this was not sent by a page of this server, or the page is too old"), request, response);
	}

	private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
		boolean anonymous = problem.status() == HttpServletResponse.SC_UNAUTHORIZED;
		if (anonymous) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"longhaul\"");
		}
		if (!PageWriter.isWantedBy(request)) {
			problems.write(problem, response);
		}
		else if (anonymous || LoginPage.isTarget(request)) {
			login.write(problem, request, response);
		}
		else {
			pages.write(problem, request, response);
		}
	}

}
