package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Pause;
import dev.longhaul.scheduler.notification.Mail.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Mail to a real server, and to some that misbehave.
 */
class MailIT {

	private static final String PASSWORD = "pl4nted-pässword";

	private static final Limits SHORT = new Limits(Duration.ofSeconds(5), Duration.ofMillis(700));

	private static ServerCertificate certificate;

	private final Message digest = Told
		.message(new Occasion.Digest(new Standing.Known(List.of(Told.row("gitea", "hhhhf")))));

	private GreenMail server;

	@TempDir
	private Path directory;

	@BeforeAll
	static void makeCertificate(@TempDir Path keys) throws Exception {
		certificate = ServerCertificate.make(keys, "dns:localhost");
	}

	@BeforeEach
	void start() {
		server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
			.withConfiguration(GreenMailConfiguration.aConfig().withUser("me@example.org", "me", PASSWORD));
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop();
	}

	@Test
	void aMailHasTextAndHtmlAndAnIdForDoubles() throws Exception {
		Mail mail = new Mail(local(port()), "Longhaul <longhaul@example.org>",
				List.of("me@example.org", "you@example.org"), null, Limits.USUAL);

		assertThat(mail.deliver(digest)).isEqualTo(new Delivery.Done());

		MimeMessage received = received();
		assertThat(received.getSubject()).isEqualTo(digest.subject());
		assertThat(received.getMessageID()).isEqualTo("<5d1c1f2e-0000-4000-8000-000000000001@example.org>");
		assertThat(received.getFrom()).extracting(Object::toString).containsExactly("Longhaul <longhaul@example.org>");
		assertThat(received.getAllRecipients()).hasSize(2);
		assertThat(received.getSentDate()).isEqualTo(Told.NOW);
		assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		MimeMultipart parts = (MimeMultipart) received.getContent();
		assertThat(parts.getContentType()).startsWith("multipart/alternative");
		assertThat(content(parts.getBodyPart(0), "text/plain")).isEqualTo(digest.text());
		assertThat(content(parts.getBodyPart(1), "text/html")).isEqualTo(digest.html());
		assertThat(mail.describe()).isEqualTo("mail to me@example.org, you@example.org by 127.0.0.1:%d",
				server.getSmtp().getPort());
	}

	@Test
	void aMessageWithoutHtmlIsPlainText() throws Exception {
		Message plain = new Message(Told.ID, Event.TEST, Urgency.LOW, Told.NOW, "s", "grün", "", null, "");

		assertThat(mail(local(port()), null, Limits.USUAL).deliver(plain)).isEqualTo(new Delivery.Done());

		assertThat(received().getContent()).asString().isEqualToIgnoringNewLines("grün");
	}

	@ParameterizedTest
	@EnumSource(names = { "STARTTLS", "TLS" })
	void logsInOverTls(Security security) throws Exception {
		try (RawServer front = front(security)) {
			Mail mail = mail(new Mail.Server("localhost", front.port(), security), credentials(PASSWORD), Limits.USUAL);
			mail.check();

			assertThat(mail.deliver(digest)).isEqualTo(new Delivery.Done());

			assertThat(received().getSubject()).isEqualTo(digest.subject());
		}
	}

	@Test
	void aWrongPasswordIsSaidAndNotRepeated() throws IOException {
		try (RawServer front = front(Security.STARTTLS)) {
			Mail mail = mail(new Mail.Server("localhost", front.port(), Security.STARTTLS), credentials("wr0ng"),
					Limits.USUAL);

			assertThat(mail.deliver(digest)).isEqualTo(new Delivery.NotNow("refuses the user or the password"));
			assertThat(server.getReceivedMessages()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "STARTTLS", "TLS" })
	void aServerNobodyVouchesForGetsNoPassword(Security security) throws IOException {
		Credentials credentials = credentials(PASSWORD);
		Files.delete(directory.resolve("ca.crt"));
		try (RawServer front = front(security)) {
			Mail mail = mail(new Mail.Server("localhost", front.port(), security), credentials, Limits.USUAL);

			assertThat(mail.deliver(digest))
				.isEqualTo(new Delivery.NotNow("there is no TLS, or its certificate is not one that is trusted"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "STARTTLS", "TLS" })
	void aCertificateOfAnotherHostIsRefused(Security security) throws IOException {
		try (RawServer front = front(security)) {
			Mail mail = mail(new Mail.Server("127.0.0.1", front.port(), security), credentials(PASSWORD), Limits.USUAL);

			assertThat(mail.deliver(digest)).isInstanceOfSatisfying(Delivery.NotNow.class,
					delivery -> assertThat(delivery.reason()).contains("TLS"));
			assertThat(server.getReceivedMessages()).isEmpty();
		}
	}

	@Test
	void withoutStartTlsNothingIsSaidInTheOpen() throws IOException {
		try (RawServer open = ScriptedSmtp.start("AUTH", "535 " + PASSWORD)) {
			Mail mail = mail(new Mail.Server("localhost", open.port(), Security.STARTTLS), credentials(PASSWORD),
					Limits.USUAL);

			assertThat(mail.deliver(digest))
				.isEqualTo(new Delivery.NotNow("the server does not do what was asked of it, such as STARTTLS"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			MAIL           | 550 pl4nted-password | Refused[reason=refuses the mail (550)]
			MAIL           | 451 pl4nted-password | NotNow[reason=refuses the mail (451), pause=PT0S]
			RCPT           | 550 pl4nted-password | Refused[reason=refuses me@example.org (550)]
			RCPT           | 450 pl4nted-password | NotNow[reason=refuses me@example.org (450), pause=PT0S]
			DATA           | 554 pl4nted-password | Refused[reason=refuses the mail (554)]
			<end of data>  | 452 pl4nted-password | NotNow[reason=refuses the mail (452), pause=PT0S]
			""")
	void aRefusalIsSaidByItsCodeAlone(String command, String reply, String delivery) {
		try (RawServer scripted = ScriptedSmtp.start(command, reply)) {
			assertThat(mail(local(scripted.port()), null, Limits.USUAL).deliver(digest)).hasToString(delivery);
		}
	}

	@Test
	void whoCanBeReachedIsToldAlthoughAnotherCannot() {
		try (RawServer scripted = ScriptedSmtp.start("RCPT TO:<gone@", "550 no such user")) {
			Mail mail = new Mail(local(scripted.port()), "longhaul@example.org",
					List.of("gone@example.org", "me@example.org"), null, Limits.USUAL);

			assertThat(mail.deliver(digest)).isEqualTo(new Delivery.Refused("refuses gone@example.org (550)"));
		}
	}

	@Test
	void aServerThatNeverAnswersIsLeft() {
		try (RawServer silent = RawServer.silent()) {
			assertThat(mail(local(silent.port()), null, SHORT).deliver(digest))
				.isEqualTo(new Delivery.NotNow("did not answer within 0 s"));
		}
	}

	@Test
	void aServerThatDripsIsLeftWhenTheTimeIsUp() {
		try (RawServer dripping = RawServer.start(socket -> {
			while (true) {
				socket.getOutputStream().write("220-wait\r\n".getBytes(StandardCharsets.US_ASCII));
				pauseForADrop();
			}
		})) {
			assertThat(mail(local(dripping.port()), null, SHORT).deliver(digest))
				.isEqualTo(new Delivery.NotNow("did not answer within 0 s"));
		}
	}

	@Test
	void saysThatNothingListens() throws IOException {
		// A port that is held by somebody who does not listen: a free one may be
		// another's
		// a moment later.
		try (Socket held = new Socket()) {
			held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

			assertThat(mail(local(held.getLocalPort()), null, Limits.USUAL).deliver(digest))
				.isEqualTo(new Delivery.NotNow("nothing listens there"));
		}
	}

	@Test
	void aPasswordThatIsMissingIsFoundAtTheStart() throws IOException {
		Files.writeString(directory.resolve("username"), "me");

		assertThatThrownBy(() -> mail(local(25), new Credentials(directory), SHORT).check())
			.isInstanceOf(RefusedRequest.class)
			.hasMessage("the credential '%s' cannot be read", directory.resolve("password"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					mail.example.org | 587   | NONE     | longhaul@example.org | me@example.org | mail would go to 'mail.example.org' unencrypted
					mail.example.org | 0     | TLS      | longhaul@example.org | me@example.org | 0 is not a port
					mail.example.org | 65536 | TLS      | longhaul@example.org | me@example.org | 65536 is not a port
					mail.example.org | 587   | STARTTLS | longhaul             | me@example.org | 'longhaul' is not a mail address
					mail.example.org | 587   | STARTTLS | longhaul@example.org | me@             | 'me@' is not a mail address
					""")
	void refusesSettingsThatCannotWork(String host, int port, Security security, String from, String to, String fact) {
		assertThatThrownBy(() -> new Mail(new Mail.Server(host, port, security), from, List.of(to), null, Limits.USUAL))
			.isInstanceOf(RefusedRequest.class)
			.hasMessage(fact);
	}

	private static void pauseForADrop() throws IOException {
		try {
			Pause.real().of(Duration.ofMillis(100));
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private int port() {
		return server.getSmtp().getPort();
	}

	private MimeMessage received() {
		assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
		return server.getReceivedMessages()[0];
	}

	private static String content(BodyPart part, String type) throws Exception {
		assertThat(part.getContentType()).isEqualToIgnoringCase(type + "; charset=UTF-8");
		return part.getContent().toString().replace("\r\n", "\n");
	}

	private RawServer front(Security security) {
		return (security == Security.TLS) ? TlsFront.fromTheStart(certificate, port())
				: TlsFront.fromStartTls(certificate, port());
	}

	private Credentials credentials(String password) throws IOException {
		Files.writeString(directory.resolve("username"), "me\n");
		Files.writeString(directory.resolve("password"), password + "\n");
		Files.copy(certificate.certificate(), directory.resolve("ca.crt"));
		return new Credentials(directory);
	}

	private static Mail.Server local(int port) {
		return new Mail.Server("127.0.0.1", port, Security.NONE);
	}

	private static Mail mail(Mail.Server server, @Nullable Credentials credentials, Limits limits) {
		return new Mail(server, "longhaul@example.org", List.of("me@example.org"), credentials, limits);
	}

}
