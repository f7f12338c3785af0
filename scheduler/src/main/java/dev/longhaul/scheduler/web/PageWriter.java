package dev.longhaul.scheduler.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Pages;
import dev.longhaul.scheduler.page.problem.ProblemPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Answers people: with a page where a program gets a document.
 */
public final class PageWriter {

	private final Pages pages;

	private final Frames frames;

	public PageWriter(Pages pages, Frames frames) {
		this.pages = pages;
		this.frames = frames;
	}

	/** Whether somebody looks at the answer with a browser. */
	static boolean isWantedBy(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains("text/html") && !request.getRequestURI().startsWith("/api/")
				&& !request.getRequestURI().startsWith("/actuator/");
	}

	/** What was asked for. */
	void write(Page page, HttpServletRequest request, HttpServletResponse response) throws IOException {
		write(HttpServletResponse.SC_OK, frames.of(request), page, response);
	}

	/** Instead of what was asked for. */
	void write(int status, Page page, HttpServletRequest request, HttpServletResponse response) throws IOException {
		write(status, frames.bare(request), page, response);
	}

	/** Does nothing if an answer is on its way already. */
	void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!response.isCommitted()) {
			write(problem.status(), page(problem), request, response);
		}
	}

	private void write(int status, Frame frame, Page page, HttpServletResponse response) throws IOException {
		byte[] html = pages.render(frame, page).getBytes(StandardCharsets.UTF_8);
		response.resetBuffer();
		response.setStatus(status);
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentLength(html.length);
		response.getOutputStream().write(html);
	}

	private static ProblemPage page(Problem problem) {
		String trace = problem.instance().toString();
		return new ProblemPage(problem.status(), title(problem.status()), problem.detail(), problem.code().name(),
				hint(problem), (problem.status() >= 500) ? trace : null);
	}

	/** The navigation is at hand; the document of the interface is no help to people. */
	private static @Nullable String hint(Problem problem) {
		return problem.hint().equals(StatusProblems.DOCUMENT) ? null : problem.hint();
	}

	private static String title(int status) {
		return switch (status) {
			case 403 -> "You may not do this";
			case 404 -> "There is no such page";
			case 502, 504 -> "Somebody else failed";
			case 503 -> "Not now";
			default -> (status >= 500) ? "This went wrong" : "This was not done";
		};
	}

}
