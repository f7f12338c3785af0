package dev.longhaul.scheduler.web;

import java.io.Serial;

/**
 * Ends a request with a problem that says more than a failure can.
 */
public final class ProblemException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	public ProblemException(Problem problem) {
		super(problem.detail());
		this.problem = problem;
	}

	Problem problem() {
		return problem;
	}

}
