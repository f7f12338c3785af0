package dev.longhaul.scheduler.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.Session;

/**
 * Tomcat with a bound on everything a caller decides. A few people and scrapers use this
 * server, so the bounds are far below those of a public one, and idle it takes little.
 */
public final class TomcatServer {

	/** Of one session cookie that nobody uses. */
	public static final Duration SESSION = Duration.ofMinutes(30);

	/** Requests worked on at once; each may hold a thread and a database connection. */
	private static final int THREADS = 24;

	/** Open at once; a page with live progress holds one. */
	private static final int CONNECTIONS = 256;

	private static final int WAITING_CONNECTIONS = 64;

	/** Between two bytes of a request that has begun. */
	private static final Duration SILENCE = Duration.ofSeconds(10);

	/** Between two requests of one connection. */
	private static final Duration KEPT_ALIVE = Duration.ofSeconds(30);

	private static final int REQUESTS_PER_CONNECTION = 1000;

	/** Request line and headers, in bytes: room for a JWT with many roles. */
	private static final int HEADER = 16 * 1024;

	private static final int HEADERS = 60;

	private static final int PARAMETERS = 100;

	private static final int COOKIES = 20;

	/** Bytes of a form; the longest is that of the login. */
	private static final int FORM = 16 * 1024;

	/** Bytes of a refused body that are still read, so that the answer arrives. */
	private static final int SWALLOWED = 64 * 1024;

	private TomcatServer() {
	}

	/**
	 * Not started yet.
	 * @param port 0 for any that is free
	 * @param proxies in front of this server, as addresses or CIDR blocks, comma
	 * separated; what they say of the caller is believed. Empty for none
	 * @param cookies as the address of the server allows them
	 */
	public static ServletWebServerFactory at(InetAddress address, int port, String proxies, Cookies cookies) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
		factory.setAddress(address);
		factory.setShutdown(Shutdown.GRACEFUL);
		factory.getSettings().getJsp().setRegistered(false);
		Session session = factory.getSettings().getSession();
		session.setTimeout(SESSION);
		session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
		cookies.describe(session.getCookie());
		factory.addConnectorCustomizers(TomcatServer::bound);
		factory.addContextCustomizers(context -> {
			StandardHost host = (StandardHost) context.getParent();
			// In the place of the one that shows stack traces.
			host.setErrorReportValveClass("");
			host.getPipeline().addValve(new ProblemValve());
		});
		if (!proxies.isEmpty()) {
			factory.addEngineValves(ForwardedCaller.believing(proxies));
		}
		return factory;
	}

	private static void bound(Connector connector) {
		connector.setMaxParameterCount(PARAMETERS);
		connector.setMaxCookieCount(COOKIES);
		connector.setMaxPostSize(FORM);
		connector.setXpoweredBy(false);
		Http11NioProtocol http = (Http11NioProtocol) connector.getProtocolHandler();
		http.setMaxThreads(THREADS);
		http.setMinSpareThreads(2);
		http.setMaxConnections(CONNECTIONS);
		http.setAcceptCount(WAITING_CONNECTIONS);
		http.setConnectionTimeout((int) SILENCE.toMillis());
		http.setKeepAliveTimeout((int) KEPT_ALIVE.toMillis());
		http.setMaxKeepAliveRequests(REQUESTS_PER_CONNECTION);
		http.setMaxHttpRequestHeaderSize(HEADER);
		http.setMaxHeaderCount(HEADERS);
		http.setMaxSwallowSize(SWALLOWED);
	}

}
