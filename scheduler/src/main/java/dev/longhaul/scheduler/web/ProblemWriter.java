package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a problem, whatever the caller would rather have had: an error that can be
 * read is worth more than one in the right format.
 */
public final class ProblemWriter {

	private static final System.Logger LOG = System.getLogger(ProblemWriter.class.getName());

	private final JsonMapper json;

	public ProblemWriter(JsonMapper json) {
		this.json = json;
	}

	/** Does nothing if an answer is on its way already. */
	public void write(Problem problem, HttpServletResponse response) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		LOG.log(System.Logger.Level.DEBUG, "{0}: {1} {2}: {3}", problem.instance(), problem.status(), problem.code(),
				problem.detail());
		byte[] body = json.writeValueAsBytes(problem.members());
		response.resetBuffer();
		response.setStatus(problem.status());
		response.setContentType(Problem.MEDIA_TYPE);
		response.setHeader("Cache-Control", "no-store");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
		response.flushBuffer();
	}

}
