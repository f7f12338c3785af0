package dev.longhaul.scheduler.notification;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A webhook against servers that behave, and such that do not.
 */
class WebIT {

	private static final Limits SHORT = new Limits(Duration.ofSeconds(5), Duration.ofMillis(700));

	private static final Clock CLOCK = Clock.fixed(Told.NOW, ZoneOffset.UTC);

	private static final byte[] HEADERS = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final String SECRET = "tk-planted-4711";

	private final Message message = Told.message(Told.failed(Told.NIGHTLY));

	@TempDir
	private Path directory;

	@Test
	void sendsTheTemplateWithHeadersOutOfFilesAndAnIdForDoubles() throws IOException {
		Map<String, SecretFile> headers = Map.of("Authorization", secret("authorization", "Bearer " + SECRET + "\n"));
		try (Receiver receiver = Receiver.start()) {
			Medium webhook = webhook(receiver.url() + "/hook?x=1", headers, Limits.USUAL);

			assertThat(webhook.deliver(message)).isEqualTo(new Delivery.Done());

			Receiver.Received received = receiver.next();
			assertThat(received.path()).isEqualTo("/hook?x=1");
			assertThat(received.header("Authorization")).isEqualTo("Bearer " + SECRET);
			assertThat(received.header("Content-type")).isEqualTo("application/json");
			assertThat(received.header("Idempotency-key")).isEqualTo(message.id().toString());
			assertThat(received.body()).isEqualTo(Template.USUAL.fill(message));
			assertThat(webhook.describe()).isEqualTo("webhook at 127.0.0.1:" + receiver.port());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			204 |                               | Done[]
			500 |                               | NotNow[reason=answered with status 500, pause=PT0S]
			404 |                               | NotNow[reason=answered with status 404, pause=PT0S]
			401 |                               | NotNow[reason=answered with status 401, pause=PT0S]
			429 | 7                             | NotNow[reason=answered with status 429, pause=PT7S]
			503 | Sun, 22 Nov 2026 07:01:30 GMT | NotNow[reason=answered with status 503, pause=PT1M30S]
			503 | Sun, 22 Nov 2026 06:00:00 GMT | NotNow[reason=answered with status 503, pause=PT0S]
			429 | 99999999999999999999          | NotNow[reason=answered with status 429, pause=PT0S]
			429 | soon                          | NotNow[reason=answered with status 429, pause=PT0S]
			400 |                               | Refused[reason=answered with status 400]
			413 |                               | Refused[reason=answered with status 413]
			""")
	void anAnswerCountsByItsStatus(int status, String retryAfter, String delivery) {
		Map<String, String> headers = (retryAfter != null) ? Map.of("Retry-After", retryAfter) : Map.of();
		try (Receiver receiver = Receiver.start().replying(status, headers)) {
			assertThat(webhook(receiver.url(), Map.of(), Limits.USUAL).deliver(message)).hasToString(delivery);
		}
	}

	@Test
	void aRedirectIsNotFollowed() {
		try (Receiver elsewhere = Receiver.start();
				Receiver receiver = Receiver.start().replying(307, Map.of("Location", elsewhere.url()))) {
			assertThat(webhook(receiver.url(), Map.of(), Limits.USUAL).deliver(message)).isEqualTo(new Delivery.NotNow(
					"answered with a redirect (307), which is not followed: " + "give the address that it leads to"));
			assertThat(elsewhere.rest()).isEmpty();
		}
	}

	@Test
	void whoHangsBeforeTheHeadersIsLeft() {
		try (RawServer server = RawServer.silent()) {
			assertThat(webhook(server.url(), Map.of(), SHORT).deliver(message))
				.isEqualTo(new Delivery.NotNow("did not answer within 0 s"));
		}
	}

	@Test
	void aBodyThatNeverComesIsNotWaitedFor() {
		try (RawServer server = RawServer.start(socket -> socket.getOutputStream().write(HEADERS))) {
			assertThat(webhook(server.url(), Map.of(), SHORT).deliver(message)).isEqualTo(new Delivery.Done());
		}
	}

	@Test
	void aBodyThatNeverEndsIsNotRead() throws InterruptedException {
		CountDownLatch leftAlone = new CountDownLatch(1);
		try (RawServer server = RawServer.start(socket -> {
			socket.getOutputStream().write(HEADERS);
			try {
				while (true) {
					socket.getOutputStream().write(new byte[8192]);
				}
			}
			finally {
				leftAlone.countDown();
			}
		})) {
			assertThat(webhook(server.url(), Map.of(), SHORT).deliver(message)).isEqualTo(new Delivery.Done());
			assertThat(leftAlone.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void headersThatNeverEndAreLeft() {
		try (RawServer server = RawServer.start(socket -> {
			socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
			while (true) {
				socket.getOutputStream().write("X-More: yes\r\n".getBytes(StandardCharsets.US_ASCII));
			}
		})) {
			assertThat(webhook(server.url(), Map.of(), SHORT).deliver(message)).isInstanceOf(Delivery.NotNow.class);
		}
	}

	@Test
	void saysThatNothingListens() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}

		assertThat(webhook("http://127.0.0.1:" + free, Map.of(), Limits.USUAL).deliver(message))
			.isEqualTo(new Delivery.NotNow("nothing listens there"));
		assertThat(webhook("http://no-such-host.invalid", Map.of(), Limits.USUAL).deliver(message))
			.isEqualTo(new Delivery.NotNow("its name is not known"));
	}

	@Test
	void anAuthorityOfOnesOwnIsTrustedWhenItIsGiven() throws Exception {
		ServerCertificate certificate = ServerCertificate.make(directory, "ip:127.0.0.1");
		Files.copy(certificate.certificate(), directory.resolve("ca.crt"));
		try (Receiver receiver = Receiver.start(certificate)) {
			Medium trusting = new Webhook(WebAddress.of(receiver.url()), Map.of(), Template.USUAL,
					new Web(new Credentials(directory), Limits.USUAL, CLOCK));

			assertThat(trusting.deliver(message)).isEqualTo(new Delivery.Done());
			assertThat(webhook(receiver.url(), Map.of(), Limits.USUAL).deliver(message))
				.isEqualTo(new Delivery.NotNow("there is no TLS, or its certificate is not one that is trusted"));
		}
	}

	@Test
	void anAuthorityThatIsNoneIsRefusedAtTheStart() throws IOException {
		secret("ca.crt", "not a certificate");

		assertThatThrownBy(() -> new Web(new Credentials(directory), Limits.USUAL, CLOCK))
			.hasMessage("'%s' is not a certificate in PEM", directory.resolve("ca.crt"));
	}

	@Test
	void aCredentialIsReadAnewAtEveryAttempt() throws IOException {
		SecretFile file = new SecretFile(directory.resolve("token"));
		try (Receiver receiver = Receiver.start()) {
			Medium webhook = webhook(receiver.url(), Map.of("X-Token", file), Limits.USUAL);

			assertThatThrownBy(webhook::check).isInstanceOf(RefusedRequest.class)
				.hasMessage("the credential '%s' cannot be read", file.path());
			assertThat(webhook.deliver(message))
				.isEqualTo(new Delivery.NotNow("the credential '%s' cannot be read".formatted(file.path())));
			secret("token", SECRET);
			assertThat(webhook.deliver(message)).isEqualTo(new Delivery.Done());
			assertThat(receiver.next().header("X-token")).isEqualTo(SECRET);
		}
	}

	@Test
	void noReasonRepeatsASecret() throws IOException {
		SecretFile url = secret("url", "http://127.0.0.1:1/services/" + SECRET);
		SecretFile noUrl = secret("no-url", SECRET + " :// nothing");
		SecretFile accented = secret("accented", SECRET + "é");
		SecretFile lines = secret("lines", SECRET + "\r\nX-Evil: yes");
		Web web = new Web(null, SHORT, CLOCK);

		assertThat(new Webhook(new WebAddress.Secret(url), Map.of(), Template.USUAL, web).deliver(message))
			.isEqualTo(new Delivery.NotNow("nothing listens there"));
		assertThat(new Webhook(new WebAddress.Secret(noUrl), Map.of(), Template.USUAL, web).deliver(message))
			.isEqualTo(new Delivery.NotNow("the credential '%s' is no URL of http or https".formatted(noUrl.path())));
		assertThat(webhook("http://127.0.0.1:1", Map.of("X-Token", accented), SHORT).deliver(message)).isEqualTo(
				new Delivery.NotNow("the value of the header 'X-Token' has characters that a header cannot have"));
		assertThat(webhook("http://127.0.0.1:1", Map.of("X-Token", lines), SHORT).deliver(message))
			.isEqualTo(new Delivery.NotNow("the credential '%s' is not one line of text".formatted(lines.path())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "Content-Length", "X Y", "A:b", "" })
	void refusesAHeaderThatIsNone(String name) {
		assertThatThrownBy(() -> webhook("http://127.0.0.1:1", Map.of(name, new SecretFile(directory)), SHORT))
			.isInstanceOf(RefusedRequest.class)
			.hasMessage("'%s' is no header that a webhook can have", name);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "ftp://host/", "https://me:pw@host/", "host/path", "https:///path", "https://host/#x", " " })
	void refusesAUrlThatIsNone(String url) {
		assertThatThrownBy(() -> WebAddress.of(url)).isInstanceOf(RefusedRequest.class)
			.hasMessage("a URL of a notification channel is none of http or https, or has a user or a password in it");
	}

	private static Medium webhook(String url, Map<String, SecretFile> headers, Limits limits) {
		return new Webhook(WebAddress.of(url), headers, Template.USUAL, new Web(null, limits, CLOCK));
	}

	private SecretFile secret(String name, String content) throws IOException {
		return new SecretFile(Files.writeString(directory.resolve(name), content));
	}

}
