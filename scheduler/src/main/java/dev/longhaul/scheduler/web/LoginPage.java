package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import dev.longhaul.scheduler.page.Link;
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

	private final @Nullable String provider;

	/**
	 * @param provider who signs people in besides, for people; null if nobody does
	 */
	public LoginPage(PageWriter pages, @Nullable String provider) {
		this.pages = pages;
		this.provider = provider;
	}

	static boolean isTarget(HttpServletRequest request) {
		String path = request.getRequestURI();
		return path.equals(PATH) || path.startsWith(PATH + "/");
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
		String next = next(wanted(request));
		pages.write(status, new dev.longhaul.scheduler.page.login.LoginPage(next, refusal, singleSignOn(next)), request,
				response);
	}

	private @Nullable Link singleSignOn(String next) {
		return (provider == null) ? null : new Link("log in with " + provider,
				SingleSignOnController.PATH + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
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
