package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/**
 * Where a person gives their token. It is the answer to every page that needs one, at the
 * page's own address: whoever comes in by a link is where they wanted to be.
 */
public final class LoginPage {

	/** Where its form goes. */
	public static final String PATH = "/login";

	static final String TOKEN = "token";

	static final String NEXT = "next";

	private static final String PAGE = """
			<!doctype html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="color-scheme" content="light dark">
			<title>Longhaul: sign in</title>
			</head>
			<body>
			<main>
			<h1>Longhaul</h1>
			%s
			<form method="post" action="/login">
			<input type="hidden" name="%s" value="%s">
			<input type="hidden" name="next" value="%s">
			<p><label for="token">Token</label></p>
			<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus size="52"></p>
			<p><button type="submit">Sign in</button></p>
			</form>
			<p>A token begins with <code>lh_</code>. <code>longhaul-server token create</code> makes one.</p>
			</main>
			</body>
			</html>
			""";

	/** Whether somebody looks at this with a browser. */
	static boolean isWantedBy(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains("text/html") && !request.getRequestURI().startsWith("/api/")
				&& !request.getRequestURI().startsWith("/actuator/");
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
		write(HttpServletResponse.SC_OK, "", request, response);
	}

	void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
		String words = isTarget(request)
				? "<p role=\"alert\">" + HtmlUtils.htmlEscape(problem.detail() + ": " + problem.hint()) + "</p>" : "";
		write(problem.status(), words, request, response);
	}

	private static void write(int status, String words, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		String query = (request.getQueryString() != null) ? "?" + request.getQueryString() : "";
		String wanted = isTarget(request) ? request.getParameter(NEXT) : request.getRequestURI() + query;
		byte[] page = PAGE
			.formatted(words, HtmlUtils.htmlEscape(csrf.getParameterName()), HtmlUtils.htmlEscape(csrf.getToken()),
					HtmlUtils.htmlEscape(next(wanted)))
			.getBytes(StandardCharsets.UTF_8);
		response.setStatus(status);
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentLength(page.length);
		response.getOutputStream().write(page);
	}

}
