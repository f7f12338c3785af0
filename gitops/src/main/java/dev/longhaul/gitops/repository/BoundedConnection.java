package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;

import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * Receives no more over HTTP, and no longer, than one call may.
 */
final class BoundedConnection extends JDKHttpConnection {

	private final Allowance allowance;

	private BoundedConnection(URL url, Proxy proxy, Allowance allowance) throws IOException {
		super(url, proxy);
		this.allowance = allowance;
	}

	/** All connections of one call share the bounds. */
	static HttpConnectionFactory within(Allowance allowance) {
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
		return allowance.limit(super.getInputStream());
	}

}
