package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Spans;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * E-mail by an SMTP server. The socket is opened here, so that it can be closed when the
 * time is up, whatever the other side does.
 */
public final class Mail implements Medium {

	private final Server server;

	private final InternetAddress from;

	private final List<InternetAddress> to;

	private final @Nullable Credentials credentials;

	private final SSLContext trust;

	private final Limits limits;

	/**
	 * @param credentials with user and password; null to log in nowhere
	 * @throws RefusedRequest if an address is none, or a password could be read by others
	 */
	public Mail(Server server, String from, List<String> to, @Nullable Credentials credentials, Limits limits) {
		this.server = server;
		this.from = address(from);
		this.to = to.stream().map(Mail::address).toList();
		this.credentials = credentials;
		this.trust = TrustedAuthority.of(credentials);
		this.limits = limits;
		if (to.isEmpty()) {
			throw refused("a mail goes to nobody", "name somebody in 'to'");
		}
	}

	/** Whom mail is handed over to. */
	public record Server(String host, int port, Security security) {

		/**
		 * @throws RefusedRequest if mail would cross a network in the open
		 */
		public Server {
			if (port < 1 || port > 65_535) {
				throw refused("%d is not a port".formatted(port), "587 is usual with STARTTLS, 465 with TLS");
			}
			if (security == Security.NONE && !isThisMachine(host)) {
				throw refused("mail would go to '%s' unencrypted".formatted(host),
						"set security to starttls or tls; none is for a relay on localhost");
			}
		}

		private static boolean isThisMachine(String host) {
			return List.of("localhost", "127.0.0.1", "::1").contains(host);
		}

		@Override
		public String toString() {
			return host + ":" + port;
		}

	}

	/**
	 * How a connection is kept from being read; the names are those of the configuration.
	 */
	public enum Security {

		/** From the first command on that may be a secret; required. */
		STARTTLS,

		/** From the first byte on. */
		TLS,

		/** Not at all. */
		NONE

	}

	private static InternetAddress address(String text) {
		try {
			InternetAddress address = new InternetAddress(text, true);
			if (!address.getAddress().contains("@")) {
				throw new AddressException("there is no host");
			}
			return address;
		}
		catch (AddressException ex) {
			throw refused("'%s' is not a mail address".formatted(text), "write name@host");
		}
	}

	private static RefusedRequest refused(String fact, String hint) {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint);
	}

	@Override
	public String describe() {
		return "mail to %s by %s"
			.formatted(to.stream().map(InternetAddress::getAddress).collect(Collectors.joining(", ")), server);
	}

	@Override
	public void check() {
		if (credentials != null && logsIn(credentials)) {
			credentials.require(Credentials.USER, Credentials.PASSWORD);
		}
	}

	/** A directory that only says who vouches for the server is one, too. */
	private static boolean logsIn(Credentials credentials) {
		return credentials.file(Credentials.PASSWORD).exists() || !credentials.file(Credentials.AUTHORITY).exists();
	}

	@Override
	public Delivery deliver(Message message) {
		CompletableFuture<Void> timer = new CompletableFuture<>();
		Socket socket = new Socket();
		CompletableFuture<Void> unused = timer.orTimeout(limits.whole().toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((done, late) -> close(socket));
		try {
			socket.connect(new InetSocketAddress(namedAddress(), server.port()), (int) limits.connect().toMillis());
			return send(message, socket);
		}
		catch (MessagingException ex) {
			return timer.isCompletedExceptionally() ? late() : MailFailures.explain(ex);
		}
		catch (UnknownHostException ex) {
			return new Delivery.NotNow("its name is not known");
		}
		catch (IOException ex) {
			return timer.isCompletedExceptionally() ? late() : MailFailures.explain(ex);
		}
		catch (RefusedRequest ex) {
			return new Delivery.NotNow(ex.fact());
		}
		finally {
			timer.complete(null);
		}
	}

	/**
	 * With the name as it is configured: a certificate is compared with it. Without it,
	 * the name that belongs to the address would be asked for, and believed.
	 */
	private InetAddress namedAddress() throws UnknownHostException {
		return InetAddress.getByAddress(server.host(), InetAddress.getByName(server.host()).getAddress());
	}

	private Delivery late() {
		return new Delivery.NotNow("did not answer within " + Spans.coarse(limits.whole()));
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Whoever reads or writes it is told the same.
		}
	}

	private Delivery send(Message message, Socket socket) throws MessagingException, IOException {
		Session session = Session.getInstance(settings(socket));
		SMTPTransport transport = new SMTPTransport(session, login());
		try (transport) {
			transport.connect((server.security() == Security.TLS) ? encrypted(socket) : socket);
			MimeMessage mail = new Envelope(session, message, from, to);
			transport.sendMessage(mail, mail.getAllRecipients());
			return new Delivery.Done();
		}
	}

	private Properties settings(Socket socket) {
		Properties settings = new Properties();
		settings.put("mail.smtp.host", server.host());
		// Without it, the name of this machine would be looked up.
		settings.put("mail.smtp.localhost", "[" + socket.getLocalAddress().getHostAddress() + "]");
		settings.put("mail.smtp.auth", String.valueOf(credentials != null && logsIn(credentials)));
		settings.put("mail.smtp.starttls.enable", String.valueOf(server.security() == Security.STARTTLS));
		settings.put("mail.smtp.starttls.required", String.valueOf(server.security() == Security.STARTTLS));
		settings.put("mail.smtp.ssl.checkserveridentity", "true");
		settings.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
		// Who can be reached is told, whoever else cannot.
		settings.put("mail.smtp.sendpartial", "true");
		settings.put("mail.smtp.quitwait", "false");
		return settings;
	}

	private URLName login() {
		if (credentials == null || !logsIn(credentials)) {
			return new URLName("smtp", server.host(), server.port(), null, null, null);
		}
		return new URLName("smtp", server.host(), server.port(), null, credentials.file(Credentials.USER).read(),
				credentials.file(Credentials.PASSWORD).read());
	}

	private Socket encrypted(Socket socket) throws IOException {
		SSLSocket encrypted = (SSLSocket) trust.getSocketFactory()
			.createSocket(socket, server.host(), server.port(), true);
		SSLParameters parameters = encrypted.getSSLParameters();
		// The rules for names in certificates are the same for mail as for the web.
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		encrypted.setSSLParameters(parameters);
		encrypted.startHandshake();
		return encrypted;
	}

	@Override
	public Duration freshness() {
		return Channel.NEWS;
	}

}
