package dev.longhaul.scheduler.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than anything this server is sent, whether they say so
 * or not.
 */
public final class BodyBound extends OncePerRequestFilter {

	/** The longest file of definitions, and its wrapping. */
	static final int LARGEST = 1280 * 1024;

	private final ProblemWriter writer;

	public BodyBound(ProblemWriter writer) {
		this.writer = writer;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > LARGEST) {
			writer.write(StatusProblems.of(HttpStatus.CONTENT_TOO_LARGE.value(), fact()), response);
			return;
		}
		chain.doFilter((request.getContentLengthLong() < 0) ? new Bounded(request) : request, response);
	}

	private static String fact() {
		return "the body has more than %d bytes".formatted(LARGEST);
	}

	/** One that does not say how much it sends. */
	private static final class Bounded extends HttpServletRequestWrapper {

		Bounded(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new BoundedStream(super.getInputStream());
		}

	}

	private static final class BoundedStream extends ServletInputStream {

		private final ServletInputStream body;

		private int left = LARGEST;

		BoundedStream(ServletInputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			int read = body.read();
			spend((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] into, int offset, int length) throws IOException {
			int read = body.read(into, offset, length);
			spend(Math.max(read, 0));
			return read;
		}

		private void spend(int bytes) {
			left -= bytes;
			if (left < 0) {
				throw new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE,
						ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, fact()), null);
			}
		}

		@Override
		public boolean isFinished() {
			return body.isFinished();
		}

		@Override
		public boolean isReady() {
			return body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			body.setReadListener(listener);
		}

	}

}
