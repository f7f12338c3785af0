package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong before or beside everything of ours, in the place of Tomcat's own
 * page.
 */
final class ProblemValve extends ValveBase {

	private static final System.Logger LOG = System.getLogger(ProblemValve.class.getName());

	private final ProblemWriter writer = new ProblemWriter(StrictJson.mapper());

	ProblemValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
		boolean failed = response.isError() || failure != null;
		if (!failed || response.isCommitted() || request.isAsync() || response.getContentWritten() > 0) {
			return;
		}
		response.setSuspended(false);
		// Not its facade, which takes no more once something of ours has sent an error.
		writer.write(problem(request, response, failure), response);
	}

	private static Problem problem(Request request, Response response, @Nullable Object failure) {
		if (response.isError() && response.getStatus() < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
			return StatusProblems.of(response.getStatus(), "this request is not understood");
		}
		Problem problem = StatusProblems.internal();
		LOG.log(System.Logger.Level.ERROR, "%s: %s".formatted(problem.instance(), request.getMethod()),
				(failure instanceof Throwable thrown) ? thrown : null);
		return problem;
	}

}
