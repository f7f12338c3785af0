package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where a person gives their token. It is the answer to every page that needs one, at the
 * page's own address: whoever comes in by a link is where they wanted to be.
 */
public final class LoginPage {

	/** Where its form goes. */
	public static final String PATH = "/login";

	static final String TOKEN = "token";

	static final String NEXT = "next";

	private final PageWriter pages;

	public LoginPage(PageWriter pages) {
		this.pages = pages;
	}

	static boolean isTarget(HttpServletRequest request) {
		return request.getRequestURI().equals(PATH);
	}

	/**
	 * A page of this server to go on with; anything else would send people somewhere
	 * else, with the trust they have in this one.
	 */
	static String next(@Nullable String wanted) {
		boolean local = wanted != null && wanted.length() < 2000
				&& wanted.matches("/([A-Za-z0-9_.~?&=%-][!-\\[\\]-~]*)?") && !wanted.startsWith(PATH);
		return (local && wanted != null) ? wanted : "/";
	}

	/** Without anything that was not asked for. */
	public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
		write(HttpServletResponse.SC_OK, null, request, response);
	}

	void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
		String refusal = isTarget(request) ? problem.detail() + ": " + problem.hint() : null;
		write(problem.status(), refusal, request, response);
	}

	private void write(int status, @Nullable String refusal, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		pages.write(status, new dev.longhaul.scheduler.page.login.LoginPage(next(wanted(request)), refusal, null),
				request, response);
	}

	/** A form that came too late is not sent again by itself. */
	private static @Nullable String wanted(HttpServletRequest request) {
		if (isTarget(request)) {
			return request.getParameter(NEXT);
		}
		String query = (request.getQueryString() != null) ? "?" + request.getQueryString() : "";
		return request.getMethod().equals("GET") ? request.getRequestURI() + query : null;
	}

}
