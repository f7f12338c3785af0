package dev.longhaul.gitops.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;

/**
 * What is left of the bounds of one call to the server. JGit itself bounds only how long
 * a server may be silent.
 */
final class Allowance {

	private final FetchBounds bounds;

	private final Clock clock;

	private final Instant end;

	private long received;

	Allowance(FetchBounds bounds, Clock clock) {
		this.bounds = bounds;
		this.clock = clock;
		this.end = clock.instant().plus(bounds.time());
	}

	/** The same stream, until the bounds are reached. */
	InputStream limit(InputStream in) {
		return new LimitedInput(in);
	}

	private synchronized void spend(int bytes) throws ExceededException {
		received += Math.max(0, bytes);
		if (received > bounds.size().bytes()) {
			throw new ExceededException("the repository sends more than " + bounds.size());
		}
		if (clock.instant().isAfter(end)) {
			throw new ExceededException("the repository was not received within " + bounds.time().toSeconds() + " s");
		}
	}

	/** More was sent than one is ready to take. */
	static final class ExceededException extends IOException {

		private static final long serialVersionUID = 1L;

		ExceededException(String message) {
			super(message);
		}

	}

	private final class LimitedInput extends FilterInputStream {

		LimitedInput(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int read = super.read();
			spend((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = super.read(buffer, offset, length);
			spend(read);
			return read;
		}

	}

}
