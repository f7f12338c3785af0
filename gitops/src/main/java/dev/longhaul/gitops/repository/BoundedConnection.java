package dev.longhaul.gitops.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.time.Clock;
import java.time.Instant;

import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Receives no more, and no longer, than one fetch may. JGit itself bounds only how long a
 * server may be silent.
 */
final class BoundedConnection extends JDKHttpConnection {

	private final Allowance allowance;

	private BoundedConnection(URL url, Proxy proxy, Allowance allowance) throws IOException {
		super(url, proxy);
		this.allowance = allowance;
	}

	/** All connections of one fetch share the bounds. */
	static HttpConnectionFactory within(FetchBounds bounds, Clock clock) {
		Allowance allowance = new Allowance(bounds, clock);
		return new HttpConnectionFactory() {
			@Override
			public HttpConnection create(URL url) throws IOException {
				return create(url, Proxy.NO_PROXY);
			}

			@Override
			public HttpConnection create(URL url, Proxy proxy) throws IOException {
				return new BoundedConnection(url, proxy, allowance);
			}
		};
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new BoundedInput(super.getInputStream(), allowance);
	}

	/** What is left of the bounds of one fetch. */
	private static final class Allowance {

		private final FetchBounds bounds;

		private final Clock clock;

		private final Instant end;

		private long received;

		Allowance(FetchBounds bounds, Clock clock) {
			this.bounds = bounds;
			this.clock = clock;
			this.end = clock.instant().plus(bounds.time());
		}

		void spend(int bytes) throws BoundExceededException {
			received += Math.max(0, bytes);
			if (received > bounds.size().bytes()) {
				throw new BoundExceededException("the repository sends more than " + bounds.size());
			}
			if (clock.instant().isAfter(end)) {
				throw new BoundExceededException(
						"the repository was not received within " + bounds.time().toSeconds() + " s");
			}
		}

	}

	/** More was sent than one is ready to take. */
	static final class BoundExceededException extends IOException {

		private static final long serialVersionUID = 1L;

		BoundExceededException(String message) {
			super(message);
		}

	}

	private static final class BoundedInput extends FilterInputStream {

		private final Allowance allowance;

		BoundedInput(InputStream in, Allowance allowance) {
			super(in);
			this.allowance = allowance;
		}

		@Override
		public int read() throws IOException {
			int read = super.read();
			allowance.spend((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = super.read(buffer, offset, length);
			allowance.spend(read);
			return read;
		}

	}

}
