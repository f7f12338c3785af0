package dev.longhaul.scheduler.web;

import java.io.IOException;

import dev.longhaul.core.failure.LonghaulException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a request that failed with its problem. The text of an exception that is not
 * ours stays in the log: it may hold what the caller must not see.
 */
public final class ProblemResolver implements HandlerExceptionResolver {

	private static final System.Logger LOG = System.getLogger(ProblemResolver.class.getName());

	private final ProblemWriter writer;

	private final PageWriter pages;

	public ProblemResolver(ProblemWriter writer, PageWriter pages) {
		this.writer = writer;
		this.pages = pages;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (failure instanceof AsyncRequestNotUsableException) {
			// Nobody is there any more.
			return new ModelAndView();
		}
		try {
			Problem problem = problem(request, response, failure);
			if (PageWriter.isWantedBy(request)) {
				pages.write(problem, request, response);
			}
			else {
				writer.write(problem, response);
			}
			return new ModelAndView();
		}
		catch (IOException ex) {
			return new ModelAndView();
		}
	}

	private static Problem problem(HttpServletRequest request, HttpServletResponse response, Exception failure) {
		if (failure instanceof LonghaulException known) {
			Problem problem = FailureProblems.of(known);
			FailureProblems.retryAfter(known)
				.ifPresent(delay -> response.setHeader("Retry-After", String.valueOf(delay.toSeconds())));
			if (problem.status() >= 500) {
				LOG.log(System.Logger.Level.WARNING, "{0}: {1} {2}: {3}", problem.instance(), request.getMethod(),
						known.code(), known.fact());
			}
			return problem;
		}
		if (failure instanceof ProblemException known) {
			return known.problem();
		}
		if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
			known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
			return StatusProblems.of(known.getStatusCode().value(), detail(known, request));
		}
		if (failure instanceof HttpMessageNotReadableException) {
			return StatusProblems.of(400, "the body is not what is expected here");
		}
		if (failure instanceof TypeMismatchException mismatch) {
			return StatusProblems.of(400, "'%s' is not what is expected there".formatted(mismatch.getPropertyName()));
		}
		if (failure instanceof ServletRequestBindingException binding) {
			return StatusProblems.of(400, String.valueOf(binding.getMessage()));
		}
		Problem problem = StatusProblems.internal();
		LOG.log(System.Logger.Level.ERROR, "%s: %s".formatted(problem.instance(), request.getMethod()), failure);
		return problem;
	}

	private static String detail(ErrorResponse known, HttpServletRequest request) {
		return switch (known.getStatusCode().value()) {
			case 404 -> "there is nothing at this address";
			case 405 -> "this address does not take %s".formatted(request.getMethod());
			case 406 -> "what is here cannot be sent in any of the formats that 'Accept' names";
			case 415 -> "what is sent has a format that is not taken here";
			default -> String.valueOf(known.getBody().getDetail());
		};
	}

}
